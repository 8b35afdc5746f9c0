import { Pipeline, Route } from 'nestjs-mosec';
import { TenMs } from '../stages/ten-ms.stage.js';

/** Refuses what its deadline makes unreachable. */
@Route('/overload', { timeoutMs: 1_000 })
@Pipeline([TenMs])
export class OverloadPipeline {}
