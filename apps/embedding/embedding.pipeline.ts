import { PipelineOf } from 'nestjs-mosec';
import { Embed } from './stages/embed.stage.js';
import { Tokenize } from './stages/tokenize.stage.js';

/** No route of its own: `OpenAiModule` has the routes. */
export class EmbeddingPipeline extends PipelineOf(Tokenize, Embed) {}
