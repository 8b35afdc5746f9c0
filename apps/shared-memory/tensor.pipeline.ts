import { Pipeline, Route } from 'nestjs-mosec';
import { Consume } from './stages/consume.stage.js';
import { Produce } from './stages/produce.stage.js';

@Route('/inference')
@Pipeline([Produce, Consume])
export class TensorPipeline {}
