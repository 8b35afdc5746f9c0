import { Pipeline, Route } from 'nestjs-mosec';
import { DecodeImage } from './stages/decode-image.stage.js';
import { DetectLines } from './stages/detect-lines.stage.js';
import { RecogniseLines } from './stages/recognise-lines.stage.js';

/** Reads the text of an image. */
@Route('/ocr')
@Pipeline([DecodeImage, DetectLines, RecogniseLines])
export class OcrPipeline {}
