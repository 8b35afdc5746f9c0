import type { Pipeline } from '#libs/pipeline';
import type { AnswerCompression } from './answer-compression.js';
import type { BodyLimits } from './body-reader.js';
import type { Negotiation } from './negotiation.js';
import type { RequestCodings } from './request-codings.js';
import type { StreamOptions } from './stream-options.js';
import type { UnsentAnswers } from './unsent-answers.js';

/** What the routes of one pipeline are served with. */
export interface RouteHandlerOptions extends BodyLimits {
  /** Asked at the first request: the engine is composed after the handlers. */
  readonly pipeline: () => Pipeline;
  readonly answered: (endpoint: string, code: number) => void;
  /** Epoch milliseconds, the clock of the deadlines. */
  readonly now: () => number;
  /** Limit of a request, of a stream until its first event. */
  readonly timeoutMs: number;
  readonly answers: UnsentAnswers;
  readonly errorFormat: 'json' | 'text';
  readonly negotiation: Negotiation;
  readonly requestCodings: RequestCodings;
  /** Undefined where answers are sent as they are. */
  readonly compression?: AnswerCompression | undefined;
  /** Set where the pipeline streams. */
  readonly stream?: StreamOptions | undefined;
  /** Lower-case names of the headers that stages see. */
  readonly passHeaders: readonly string[];
}
