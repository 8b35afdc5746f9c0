import type { Held, LogLevel, ValueClaims, WorkItem } from '#libs/contracts';
import type { GatewayMemory } from '#libs/memory';
import {
  decodeEvents,
  decodeFromWorker,
  decodeIndexes,
  decodeMetrics,
  decodeResults,
  encodeBatch,
  encodeControl,
  encodeCredit,
  encodeIndexes,
  FrameReader,
  FrameType,
  LAST_RESULT,
  ProtocolError,
  type Frame,
  type FromWorker,
  type InitMessage,
  type ReadyMessage,
} from '#libs/protocol';
import type { ReplicaListener } from './replica.js';
import { ReplicaMemory } from './replica-memory.js';

/** What a worker is to be, and the memory that it shares. */
export interface WireSpec {
  readonly init: InitMessage;
  /** Shared memory for payloads; the worker is told of it in `init`. */
  readonly memory?: GatewayMemory;
  /** The store that the worker puts values into; it is told of it in `init`. */
  readonly claims?: ValueClaims | undefined;
}

/** What takes frames to a worker, and can end it. */
export interface Carrier {
  write(buffers: readonly Uint8Array[]): void;
  /** The worker broke the protocol: nothing that it says counts any more. */
  breakOff(): void;
}

/** The gateway's side of the frames to and from one worker, whatever carries them. */
export class ReplicaWire {
  private readonly memory?: ReplicaMemory;
  private readonly claims?: ValueClaims | undefined;
  private readonly reader = new FrameReader((frame) => this.dispatch(frame));
  private failure?: string;
  private readonly maxSeries: number;
  private isReady = false;
  private isBroken = false;

  /** Says to the worker what it is to be. */
  constructor(
    { init, memory, claims }: WireSpec,
    private readonly carrier: Carrier,
    private readonly listener: ReplicaListener,
  ) {
    this.claims = claims;
    this.maxSeries = init.maxSeries ?? 0;
    if (memory) this.memory = new ReplicaMemory(memory, (buffers) => carrier.write(buffers), init);
    carrier.write([encodeControl(init)]);
  }

  send(batch: number, items: readonly WorkItem[]): void {
    this.memory?.sending(batch, items);
    this.carrier.write(encodeBatch(batch, items, this.memory?.isOn));
  }

  cancel(batch: number, indexes: readonly number[]): void {
    this.carrier.write([encodeIndexes(FrameType.Cancel, batch, indexes)]);
  }

  credit(batch: number, index: number, bytes: number): void {
    this.carrier.write([encodeCredit(batch, index, bytes)]);
  }

  scrape(): void {
    this.carrier.write([encodeControl({ kind: 'scrape' })]);
  }

  setLogLevel(level: LogLevel): void {
    this.carrier.write([encodeControl({ kind: 'log-level', level })]);
  }

  stop(): void {
    this.carrier.write([encodeControl({ kind: 'stop' })]);
  }

  /** Bytes from the worker. */
  receive(chunk: Buffer): void {
    if (this.isBroken) return;
    try {
      this.reader.push(chunk);
    } catch (error) {
      this.refuse((error as Error).message);
    }
  }

  /** What came cannot be frames. */
  refuse(why: string): void {
    if (this.isBroken) return;
    this.isBroken = true;
    this.failure = `sent what is no valid frame: ${why}`;
    this.carrier.breakOff();
  }

  /** The worker is gone, and everything that it had sent was received. */
  end(reason: string): void {
    this.memory?.ended();
    this.listener.ended(this.failure ?? reason);
  }

  private dispatch(frame: Frame): void {
    if (frame.type === FrameType.Result) this.results(frame);
    else if (frame.type === FrameType.Events) this.events(frame);
    else if (frame.type === FrameType.Begin) this.listener.begun(frame.batch, decodeIndexes(frame));
    else if (frame.type === FrameType.Control) this.control(decodeFromWorker(frame));
    else throw new ProtocolError(`frame of unknown type ${frame.type}`);
  }

  private events(frame: Frame): void {
    const { index, payload } = decodeEvents(frame);
    this.listener.streamed(frame.batch, index, frame.count, payload);
  }

  private results(frame: Frame): void {
    const { listener, memory } = this;
    const { batch } = frame;
    decodeResults(frame, (index, ok, payload, handle, isStored) => {
      const shared = ok ? memory?.result(payload.length, handle) : undefined;
      if (handle && !shared) throw new ProtocolError('result is in shared memory, and there is none');
      const stored = isStored ? this.claim(payload) : undefined;
      try {
        listener.settled(batch, index, ok, shared?.bytes ?? payload, shared, stored);
      } finally {
        shared?.release();
        stored?.release();
        memory?.answered(batch, index);
      }
    });
    if ((frame.flags & LAST_RESULT) === 0) return;
    memory?.finished(batch);
    listener.finished(batch);
  }

  private claim(payload: Uint8Array): Held {
    if (!this.claims) throw new ProtocolError('result is in a store, and this worker has none');
    return this.claims.claim(payload);
  }

  private control(message: FromWorker): void {
    if (message.kind === 'ready') this.becomeReady(message);
    else if (message.kind === 'failed') this.failure = message.reason;
    else if (message.kind === 'usage') this.listener.usage(message.rssBytes);
    else if (message.kind === 'metrics') this.listener.metrics(decodeMetrics(message.report, this.maxSeries));
    else this.listener.log(message.level, message.message, message.fields);
  }

  /** Once: a replica that joined its pool twice would get twice the work. */
  private becomeReady(message: ReadyMessage): void {
    if (this.isReady) throw new ProtocolError('second message that it is ready');
    this.isReady = true;
    if (message.sharedMemory) this.memory?.turnOn();
    this.listener.ready(message);
  }
}
