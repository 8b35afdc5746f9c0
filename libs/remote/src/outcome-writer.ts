import { saidByRedis } from './connect.js';
import { encodeBell, encodeRemoteEvents, type ReadyOutcome } from './answer-message.js';
import { readItemId } from './item-id.js';
import { isResult } from './outcome-value.js';
import type { RedisClient, RedisPipeline } from './redis-client.js';
import type { RemoteKeys } from './remote-keys.js';

/** Results up to this size come to their gateways with the bell: that saves a round trip, and costs Redis a copy. */
const MOST_BELL_BYTES = 4_096;

/** An outcome on its way to the gateway of its item. */
export interface WrittenOutcome {
  readonly id: string;
  readonly value: Buffer;
  /** Milliseconds after which Redis removes what no gateway has taken. */
  readonly lifeMs: number;
  /** Redis has it, or refuses it: in both cases the gateway is told. */
  readonly written: () => void;
}

/** Puts outcomes into Redis and rings their gateways: one round trip for all of a turn of the event loop. */
export class OutcomeWriter {
  private waiting: WrittenOutcome[] = [];

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: RemoteKeys,
  ) {}

  write(outcome: WrittenOutcome): void {
    if (this.waiting.push(outcome) === 1) setImmediate(() => this.flush());
  }

  /** @param unheard no gateway listens any more */
  stream(id: string, count: number, payload: Uint8Array, unheard: () => void): void {
    const item = readItemId(id);
    if (!item) return unheard();
    const message = encodeRemoteEvents(item.sequence, count, payload);
    this.redis.publish(this.keys.answers(item.gateway), message).then(
      (listeners) => void (listeners === 0 && unheard()),
      () => unheard(),
    );
  }

  /** Again, as long as the connection was lost in the middle: what comes twice does no harm. */
  private flush(): void {
    const outcomes = this.waiting;
    this.waiting = [];
    const end = (): void => {
      for (const { written } of outcomes) written();
    };
    this.pipeline(outcomes)
      .exec()
      .then((replies) => {
        const wasCutOff = (replies ?? []).some(([error]) => error && !saidByRedis(error));
        if (!wasCutOff || this.redis.status === 'end') return end();
        for (const outcome of outcomes) this.write(outcome);
      }, end);
  }

  /**
   * The outcome first, then the bell, then the value that is not needed any more. The first outcome of an item counts: a
   * host that finds no value any more must not replace what made another one remove it.
   */
  private pipeline(outcomes: readonly WrittenOutcome[]): RedisPipeline {
    const pipeline = this.redis.pipeline();
    const bells = new Map<string, ReadyOutcome[]>();
    for (const { id, value, lifeMs } of outcomes) {
      pipeline.set(this.keys.result(id), value, 'PX', lifeMs, 'NX');
      const item = readItemId(id);
      if (!item) continue;
      // A failure may come after the result of another host, which counts and is in Redis.
      const comesAlong = isResult(value) && value.length <= MOST_BELL_BYTES;
      const ready = { sequence: item.sequence, value: comesAlong ? value : undefined };
      const known = bells.get(item.gateway);
      if (known) known.push(ready);
      else bells.set(item.gateway, [ready]);
    }
    for (const [gateway, ready] of bells) pipeline.publish(this.keys.answers(gateway), encodeBell(ready));
    return pipeline.unlink(outcomes.map(({ id }) => this.keys.input(id)));
  }
}
