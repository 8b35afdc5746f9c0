import { Pipeline, Route } from 'nestjs-mosec';
import { Inference } from './stages/inference.stage.js';

@Route('/inference')
@Pipeline([Inference])
export class InferencePipeline {}
