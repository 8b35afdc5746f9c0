import { Pipeline, Route } from 'nestjs-mosec';
import { Infer } from './stages/infer.stage.js';
import { Preprocess } from './stages/preprocess.stage.js';

@Route('/inference')
@Pipeline([Preprocess, Infer])
export class MediaPipeline {}
