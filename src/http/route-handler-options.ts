import type { RequestTracer } from '#libs/contracts';
import type { Pipeline, Task } from '#libs/pipeline';
import type { ExchangeOptions } from './exchange-options.js';
import type { JobDoor } from './job-door.interface.js';
import type { Negotiation } from './negotiation.js';

/** What takes requests as a pipeline does; the accepted one can be given up, and told what has been read of it. */
export interface RequestTaker {
  readonly name?: string;
  submit(...request: Parameters<Pipeline['submit']>): Pick<Task, 'abandon' | 'consumed'> | undefined;
}

/** What the routes of one pipeline are served with. */
export interface RouteHandlerOptions extends ExchangeOptions {
  /** Asked at the first request: the engine is composed after the handlers. */
  readonly pipeline: () => RequestTaker;
  readonly errorFormat: 'json' | 'text';
  readonly negotiation: Pick<Negotiation, 'inputFormat' | 'answer' | 'varies'>;
  /** An empty body is a request as any other, and not mosec's `no data provided`. @default false */
  readonly takesEmptyBodies?: boolean;
  /** Whether answers tell how long they took at each stage. */
  readonly timingHeaders: boolean;
  /** Absent where every request is answered at once. */
  readonly jobs?: JobDoor | undefined;
  /** Absent where requests are not traced. */
  readonly tracer?: RequestTracer | undefined;
  /** Lower-case names of the headers that stages see. */
  readonly passHeaders: readonly string[];
}
