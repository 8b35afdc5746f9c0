import { Pipeline, Route } from 'nestjs-mosec';
import { EncodePrompt } from './stages/encode-prompt.stage.js';
import { Generate } from './stages/generate.stage.js';
import { STREAM_ROUTE } from './stages/stream-route.js';

/** A picture takes minutes on a CPU. On the route of streams it is the time to the first step. */
const TIMEOUT_MS = 600_000;

@Route(['/generate', STREAM_ROUTE], { timeoutMs: TIMEOUT_MS, streamIdleTimeoutMs: TIMEOUT_MS })
@Pipeline([EncodePrompt, Generate])
export class GenerationPipeline {}
