import { Pipeline, Route } from 'nestjs-mosec';
import { Events } from '../stages/events.stage.js';

@Route('/stream')
@Pipeline([Events])
export class StreamPipeline {}
