import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Held, ValueClaims, WorkItem } from '#libs/contracts';
import type { GatewayMemory } from '#libs/memory';
import {
  decodeFromWorker,
  decodeIndexes,
  decodeResults,
  encodeBatch,
  encodeControl,
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
import { describeExit } from './describe-exit.js';
import { LineSplitter } from './line-splitter.js';
import { ProcessChannel } from './process-channel.js';
import type { Replica, ReplicaListener } from './replica.js';
import { ReplicaMemory } from './replica-memory.js';
import { spawnWorker, type WorkerCommand } from './spawn-worker.js';

/** How to start the worker process of a replica. */
export interface ProcessSpec extends WorkerCommand {
  readonly init: InitMessage;
  /** Shared memory for payloads; the worker is told of it in `init` and inherits its descriptor. */
  readonly memory?: GatewayMemory;
  /** The store that the worker puts values into; it is told of it in `init`. */
  readonly claims?: ValueClaims | undefined;
}

/** After the process has exited, a grandchild that inherited the descriptors may keep the result channel open. */
const CHANNEL_GRACE_MS = 1_000;

/**
 * A stage in a child process, over two inherited socket pairs: descriptor 3 to the worker, 4 from it. Two, so
 * that a failed write never closes the side that is read. Outcomes are final when the result channel has ended.
 */
export class ProcessReplica implements Replica {
  readonly workerId: number;
  private readonly child: ChildProcess;
  private readonly channel: ProcessChannel;
  private readonly memory?: ReplicaMemory;
  private failure?: string;
  private exit?: string;
  private isReady = false;
  private channelOpen = true;
  private ended = false;

  constructor(
    private readonly spec: ProcessSpec,
    private readonly listener: ReplicaListener,
  ) {
    this.workerId = spec.init.workerId;
    this.child = spawnWorker({ ...spec, memoryFd: spec.memory?.fd });
    this.channel = new ProcessChannel(this.child.stdio[3] as Socket);
    if (spec.memory) this.memory = new ReplicaMemory(spec.memory, (buffers) => this.channel.write(buffers), spec.init);
    this.readResults(this.child.stdio[4] as Socket);
    this.forwardOutput();
    this.child.on('error', (error) => this.exited(`could not start: ${error.message}`));
    this.child.on('exit', (code, signal) => this.exited(describeExit(code, signal)));
    this.channel.write([encodeControl(spec.init)]);
  }

  send(batch: number, items: readonly WorkItem[]): void {
    this.memory?.sending(batch, items);
    this.channel.write(encodeBatch(batch, items, this.memory?.isOn));
  }

  cancel(batch: number, indexes: readonly number[]): void {
    this.channel.write([encodeIndexes(FrameType.Cancel, batch, indexes)]);
  }

  stop(): void {
    this.channel.write([encodeControl({ kind: 'stop' })]);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private readResults(socket: Socket): void {
    const reader = new FrameReader((frame) => this.dispatch(frame));
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        this.failure = `sent what is no valid frame: ${(error as Error).message}`;
        socket.destroy();
        this.kill();
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.channelOpen = false;
      this.child.kill('SIGKILL');
      this.settleEnd();
    });
  }

  private dispatch(frame: Frame): void {
    if (frame.type === FrameType.Result) this.results(frame);
    else if (frame.type === FrameType.Begin) this.listener.begun(frame.batch, decodeIndexes(frame));
    else if (frame.type === FrameType.Control) this.control(decodeFromWorker(frame));
    else throw new ProtocolError(`frame of unknown type ${frame.type}`);
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
    const { claims } = this.spec;
    if (!claims) throw new ProtocolError('result is in a store, and this worker has none');
    return claims.claim(payload);
  }

  private control(message: FromWorker): void {
    if (message.kind === 'ready') this.becomeReady(message);
    else if (message.kind === 'failed') this.failure = message.reason;
    else if (message.kind === 'usage') this.listener.usage(message.rssBytes);
    else this.listener.log(message.level, message.message);
  }

  /** Once: a replica that joined its pool twice would get twice the work. */
  private becomeReady(message: ReadyMessage): void {
    if (this.isReady) throw new ProtocolError('second message that it is ready');
    this.isReady = true;
    if (message.sharedMemory) this.memory?.turnOn();
    this.listener.ready(message);
  }

  private forwardOutput(): void {
    for (const [stream, level] of [
      [this.child.stdout, 'info'],
      [this.child.stderr, 'warning'],
    ] as const) {
      const lines = new LineSplitter((line) => this.listener.log(level, line));
      stream?.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
      stream?.on('end', () => lines.end());
    }
  }

  private exited(reason: string): void {
    this.exit ??= reason;
    if (this.channelOpen) setTimeout(() => (this.child.stdio[4] as Socket).destroy(), CHANNEL_GRACE_MS).unref();
    this.settleEnd();
  }

  private settleEnd(): void {
    if (this.ended || this.channelOpen || this.exit === undefined) return;
    this.ended = true;
    this.channel.close();
    this.memory?.ended();
    this.listener.ended(this.failure ?? this.exit);
  }
}
