import { MessageChannel, Worker } from 'node:worker_threads';
import type { LogLevel, WorkItem } from '#libs/contracts';
import { ByteRing } from '#libs/protocol';
import { describeThreadError } from './describe-thread-error.js';
import { forwardOutput } from './forward-output.js';
import type { Replica, ReplicaListener } from './replica.js';
import { ReplicaWire, type WireSpec } from './replica-wire.js';
import { ThreadChannel } from './thread-channel.js';

/** How to start the worker thread of a replica. */
export interface ThreadSpec extends WireSpec {
  /** Absolute path of the worker's entry module. */
  readonly entry: string;
  /** The thread's own copy of the environment. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A stage in a thread of this process. Two rings of shared memory and a message port carry the same frames as a process's
 * sockets. What was sent stays there whatever ends the thread, so outcomes are final when both have been emptied after
 * the exit.
 */
export class ThreadReplica implements Replica {
  readonly workerId: number;
  readonly pid = process.pid;
  private readonly thread: Worker;
  private readonly channel: ThreadChannel;
  private readonly wire: ReplicaWire;
  private crash?: string;
  private killed = false;

  /** @throws where Node refuses the entry or the environment */
  constructor({ entry, env, ...spec }: ThreadSpec, listener: ReplicaListener) {
    const { stage, workerId } = spec.init;
    this.workerId = workerId;
    const { port1, port2: port } = new MessageChannel();
    const [toThread, fromThread] = [new ByteRing(), new ByteRing()];
    const workerData = { port, toThread: toThread.memory, fromThread: fromThread.memory };
    try {
      const own = { name: `${stage}#${workerId}`, env, workerData, transferList: [port] };
      this.thread = new Worker(entry, { ...own, stdout: true, stderr: true });
    } catch (error) {
      port1.close();
      throw error;
    }
    this.channel = new ThreadChannel({
      port: port1,
      toThread,
      fromThread,
      onBytes: (bytes) => this.wire.receive(bytes),
      onNonsense: (why) => this.wire.refuse(why),
    });
    const write = (buffers: readonly Uint8Array[]): void => this.channel.write(buffers);
    this.wire = new ReplicaWire(spec, { write, breakOff: () => this.kill() }, listener);
    forwardOutput(this.thread, listener);
    port1.on('close', () => void this.thread.terminate());
    this.thread.on('error', (error) => (this.crash = describeThreadError(error)));
    this.thread.on('exit', (code) => this.exited(code));
  }

  get threadId(): number {
    return this.thread.threadId;
  }

  send(batch: number, items: readonly WorkItem[]): void {
    this.wire.send(batch, items);
  }

  cancel(batch: number, indexes: readonly number[]): void {
    this.wire.cancel(batch, indexes);
  }

  credit(batch: number, index: number, bytes: number): void {
    this.wire.credit(batch, index, bytes);
  }

  scrape(): void {
    this.wire.scrape();
  }

  setLogLevel(level: LogLevel): void {
    this.wire.setLogLevel(level);
  }

  stop(): void {
    this.wire.stop();
  }

  /** Ends JavaScript at once; native code first returns. */
  kill(): void {
    this.killed = true;
    void this.thread.terminate();
  }

  private exited(code: number): void {
    const reason = this.crash ?? (this.killed ? 'terminated' : `exited with code ${code}`);
    this.channel.end();
    this.wire.end(reason);
  }
}
