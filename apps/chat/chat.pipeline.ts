import { Pipeline, Route } from 'nestjs-mosec';
import { Complete } from './stages/complete.stage.js';

@Route('/v1/chat/completions', { endEvent: '[DONE]' })
@Pipeline([Complete])
export class ChatPipeline {}
