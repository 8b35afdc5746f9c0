import { PipelineOf } from 'nestjs-mosec';
import { Complete } from './stages/complete.stage.js';

/** No route of its own: `OpenAiModule` has the routes. */
export class ChatPipeline extends PipelineOf(Complete) {}
