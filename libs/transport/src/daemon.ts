import { spawn, type ChildProcess } from 'node:child_process';
import type { LogSink } from '#libs/contracts';
import { describeExit } from './describe-exit.js';
import { LineSplitter } from './line-splitter.js';

/** A helper process that runs as long as the server does. */
export interface DaemonSpec {
  /** Name in the log. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** Variables added to the server's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs the command and ends it when standard input ends: so the daemon goes with the server even if that is killed
 * with SIGKILL. What does not mind being asked for 5 s is killed, with its process group. `$@` is the command with
 * its arguments.
 */
const SHIM = [
  'exec 3<&0; "$@" </dev/null 3<&- & child=$!',
  'end() { kill "$child"; for i in $(seq 50); do kill -0 "$child" || return; sleep 0.1; done; kill -KILL 0; }',
  '(cat <&3; end) >/dev/null 2>&1 & exec 3<&-; wait "$child"',
].join('\n');

/** Keeps one daemon; its end before `stop` is a failure of the server. */
export class Daemon {
  private child?: ChildProcess;
  private stopping = false;

  constructor(
    private readonly spec: DaemonSpec,
    private readonly log: LogSink,
    private readonly onUnexpectedEnd: (reason: string) => void,
  ) {}

  start(): void {
    const { name, command, args = [], env } = this.spec;
    this.child = spawn('/bin/sh', ['-c', SHIM, 'sh', command, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    for (const [stream, level] of [
      [this.child.stdout, 'info'],
      [this.child.stderr, 'warning'],
    ] as const) {
      const lines = new LineSplitter((line) => this.log.log(level, line, name));
      stream?.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
      stream?.on('end', () => lines.end());
    }
    this.child.stdin?.on('error', () => undefined);
    this.child.on('error', (error) => this.ended(`could not start: ${error.message}`));
    this.child.on('exit', (code, signal) => this.ended(describeExit(code, signal)));
    this.log.log('info', `daemon started: ${[command, ...args].join(' ')}`, name);
  }

  /** Asks it to end (SIGTERM), kills its process group after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    const timer = setTimeout(() => killGroup(child), graceMs);
    await exited;
    clearTimeout(timer);
  }

  private ended(reason: string): void {
    this.child?.stdin?.end();
    if (this.stopping) return;
    this.stopping = true;
    this.onUnexpectedEnd(reason);
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended in the meantime.
  }
}
