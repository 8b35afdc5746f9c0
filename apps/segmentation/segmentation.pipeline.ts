import { Pipeline, Route } from 'nestjs-mosec';
import { DecodeMask } from './stages/decode-mask.stage.js';
import { EncodeImage } from './stages/encode-image.stage.js';
import { Prepare } from './stages/prepare.stage.js';

/** The encoder takes seconds on a CPU. */
const TIMEOUT_MS = 60_000;

@Route('/segment', { timeoutMs: TIMEOUT_MS })
@Pipeline([Prepare, EncodeImage, DecodeMask])
export class SegmentationPipeline {}
