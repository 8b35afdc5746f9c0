import { Pipeline, Route } from 'nestjs-mosec';
import { Count } from './stages/count.stage.js';

@Route('/count', { endEvent: '[DONE]' })
@Pipeline([Count])
export class CountPipeline {}
