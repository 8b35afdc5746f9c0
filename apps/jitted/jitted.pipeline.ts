import { Pipeline, Route } from 'nestjs-mosec';
import { Classify } from './stages/classify.stage.js';

@Route('/jitted')
@Pipeline([Classify])
export class JittedPipeline {}
