import type { AnswerCompression } from './answer-compression.js';
import type { BodyLimits } from './body-reader.js';
import type { RequestCodings } from './request-codings.js';
import type { StreamOptions } from './stream-options.js';
import type { UnsentAnswers } from './unsent-answers.js';

/** What a route is served with, whichever way it calls pipelines. */
export interface ExchangeOptions extends BodyLimits {
  /** Counts an answer. */
  readonly answered: (endpoint: string, code: number, durationMs: number) => void;
  /** Epoch milliseconds, the clock of the deadlines. */
  readonly now: () => number;
  /** Limit of a request, of a stream until its first event. */
  readonly timeoutMs: number;
  readonly answers: UnsentAnswers;
  readonly requestCodings: RequestCodings;
  /** Undefined where answers are sent as they are. */
  readonly compression?: AnswerCompression | undefined;
  /** Set where the route streams. */
  readonly stream?: StreamOptions | undefined;
}
