import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { LogLevel, WorkItem } from '#libs/contracts';
import { describeExit } from './describe-exit.js';
import { forwardOutput } from './forward-output.js';
import { ProcessChannel } from './process-channel.js';
import type { Replica, ReplicaListener } from './replica.js';
import { ReplicaWire, type WireSpec } from './replica-wire.js';
import { spawnWorker, type WorkerCommand } from './spawn-worker.js';

/** How to start the worker process of a replica; it inherits the descriptor of the shared memory. */
export type ProcessSpec = WorkerCommand & WireSpec;

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
  private readonly wire: ReplicaWire;
  private exit?: string;
  private channelOpen = true;
  private ended = false;

  constructor(spec: ProcessSpec, listener: ReplicaListener) {
    this.workerId = spec.init.workerId;
    this.child = spawnWorker({ ...spec, memoryFd: spec.memory?.fd });
    this.channel = new ProcessChannel(this.child.stdio[3] as Socket);
    const results = this.child.stdio[4] as Socket;
    const write = (buffers: readonly Uint8Array[]): void => this.channel.write(buffers);
    const breakOff = (): void => {
      results.destroy();
      this.kill();
    };
    this.wire = new ReplicaWire(spec, { write, breakOff }, listener);
    this.readResults(results);
    forwardOutput(this.child, listener);
    this.child.on('error', (error) => this.exited(`could not start: ${error.message}`));
    this.child.on('exit', (code, signal) => this.exited(describeExit(code, signal)));
  }

  get pid(): number | undefined {
    return this.child.pid;
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

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private readResults(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.wire.receive(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.channelOpen = false;
      this.child.kill('SIGKILL');
      this.settleEnd();
    });
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
    this.wire.end(this.exit);
  }
}
