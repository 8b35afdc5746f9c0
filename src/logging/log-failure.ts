import type { CallContext, LogSink, MosecError } from '#libs/contracts';
import { describeCause } from '../describe-cause.js';

/** A request as the pipeline has it. */
interface FailedRequest {
  /** JSON text of its `CallContext`. */
  readonly context: string;
  /** The worker that had it last; 0 if none. */
  readonly workerId: number;
}

/** One line for a request that failed at a stage. */
export function logFailure(log: LogSink, request: FailedRequest, where: FailurePlace, error: MosecError): void {
  const { code } = error;
  const { id } = JSON.parse(request.context) as CallContext;
  const fields = { requestId: id, ...where, worker: request.workerId || undefined, code };
  log.log('error', `request ${id} failed with ${code}: ${describeCause(error)}`, where.stage, fields);
}

interface FailurePlace {
  readonly stage: string;
  readonly traceId: string | undefined;
}
