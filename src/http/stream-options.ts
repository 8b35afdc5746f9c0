import type { EventFormat, MosecError, Streamed } from '#libs/contracts';
import type { DeadlineWheel } from '#libs/pipeline';

/** How the streams of a route are served. Every duration is in milliseconds; `Infinity` is no limit. */
export interface StreamOptions {
  /** At least one; the first is for clients that ask for none of them. */
  readonly formats: readonly EventFormat[];
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Silence after which a comment is sent. */
  readonly keepAliveMs: number;
  /** How long a client may leave unread what waits for it. */
  readonly slowClientTimeoutMs: number;
  /** Data of the event that ends a stream that did not fail. */
  readonly endEvent?: string | undefined;
  /** Tells the client of an error in the middle. @default an event `error` with mosec's text */
  readonly errorEvent?: ((error: MosecError) => Streamed) | undefined;
  readonly wheel: Pick<DeadlineWheel, 'add' | 'remove'>;
}
