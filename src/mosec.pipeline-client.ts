import { randomUUID } from 'node:crypto';
import { EncodingError, HOP_FORMAT, MosecError, type HopCodec, type Outcome, type PayloadStore } from '#libs/contracts';
import { decodeHop, encodeHop } from '#libs/codec';
import type { Pipeline } from '#libs/pipeline';
import { TypedPipelineClient, type RunOptions } from './decorators/typed-pipeline-client.js';
import { monotonicNow } from './mosec.clock.js';

/** Calls a pipeline of the engine; values cross by the same hand-over as between stages. */
export class EnginePipelineClient extends TypedPipelineClient<unknown, unknown> {
  declare readonly stream: never;

  constructor(
    private readonly pipeline: () => Pipeline,
    private readonly timeoutMs: number,
    private readonly hopCodecs: readonly HopCodec[] = [],
    private readonly store: () => PayloadStore | undefined = () => undefined,
  ) {
    super();
  }

  readonly run = (input: unknown, options: RunOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal, timeoutMs = this.timeoutMs } = options;
      if (Number.isNaN(timeoutMs) || typeof timeoutMs !== 'number') {
        throw new TypeError(`timeoutMs is "${String(timeoutMs)}": give a number of milliseconds.`);
      }
      if (signal?.aborted) return reject(cancelled(signal));
      const settled = new AbortController();
      const task = this.submit(input, timeoutMs, ({ error, payload, shared }: Outcome) => {
        settled.abort();
        if (error) return reject(error);
        try {
          resolve(decodeHop(shared ? Buffer.from(payload) : payload, this.hopCodecs));
        } catch (cause) {
          reject(new EncodingError((cause as Error).message, { cause }));
        }
      });
      if (signal) onAbort(signal, settled.signal, () => task?.abandon(cancelled(signal)));
    });

  private submit(input: unknown, timeoutMs: number, answer: (outcome: Outcome) => void) {
    const pipeline = this.pipeline();
    const payload = encodeHop(input);
    const shared = this.store()?.store([payload], payload.length);
    const task = pipeline.submit(
      {
        payload: shared?.bytes ?? payload,
        shared,
        inputFormat: HOP_FORMAT,
        outputFormat: HOP_FORMAT,
        context: JSON.stringify({ id: randomUUID() }),
        deadline: monotonicNow() + timeoutMs,
      },
      answer,
    );
    shared?.release();
    return task;
  }
}

/** Calls back when `signal` aborts, and lets go of it once `until` has. */
function onAbort(signal: AbortSignal, until: AbortSignal, callback: () => void): void {
  if (!until.aborted) signal.addEventListener('abort', callback, { once: true, signal: until });
}

function cancelled(signal: AbortSignal): MosecError {
  return new MosecError('the caller cancelled', 499, 'CANCELLED', { cause: signal.reason });
}
