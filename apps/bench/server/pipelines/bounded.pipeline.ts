import { Pipeline, Route, stageRuntime } from 'nestjs-mosec';
import { TenMs } from '../stages/ten-ms.stage.js';

/** Refuses also what would wait for more than 50 ms. */
@Route('/bounded', { timeoutMs: 1_000 })
@Pipeline([stageRuntime(TenMs, { maxQueueWaitMs: 50 })])
export class BoundedPipeline {}
