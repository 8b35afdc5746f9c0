import type { Redis } from 'ioredis';
import { encodeBell, encodeRemoteEvents } from './answer-message.js';
import { readItemId } from './item-id.js';
import type { RemoteKeys } from './remote-keys.js';

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
    private readonly redis: Redis,
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

  /** The outcome first, then the bell, then the value that is not needed any more. */
  private flush(): void {
    const outcomes = this.waiting;
    this.waiting = [];
    const pipeline = this.redis.pipeline();
    const bells = new Map<string, number[]>();
    for (const { id, value, lifeMs } of outcomes) {
      pipeline.set(this.keys.result(id), value, 'PX', lifeMs);
      const item = readItemId(id);
      if (!item) continue;
      const known = bells.get(item.gateway);
      if (known) known.push(item.sequence);
      else bells.set(item.gateway, [item.sequence]);
    }
    for (const [gateway, sequences] of bells) pipeline.publish(this.keys.answers(gateway), encodeBell(sequences));
    pipeline.unlink(outcomes.map(({ id }) => this.keys.input(id)));
    const end = (): void => {
      for (const { written } of outcomes) written();
    };
    pipeline.exec().then(end, end);
  }
}
