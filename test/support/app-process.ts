import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from './wait-for.js';

export interface AppExit {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started program: where it listens, what it says, how it ends. */
export class AppProcess {
  /** Lines so far, grows. */
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** Lines of both, in order of arrival. */
  readonly lines: string[] = [];
  readonly url: string;
  readonly pid: number;
  /** Settles after the last line has been read. */
  readonly exited: Promise<AppExit>;
  private ended = false;

  constructor(
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.pid = child.pid ?? 0;
    this.collect(child.stdout, this.stdout);
    this.collect(child.stderr, this.stderr);
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    const closed = once(child, 'close');
    this.exited = once(child, 'exit').then(async () => {
      process.off('exit', kill);
      // Workers that outlive the program would hold its pipes open.
      await Promise.race([closed, delay(1000, undefined, { ref: false })]);
      this.ended = true;
      return { code: child.exitCode, signal: child.signalCode };
    });
  }

  /** Exit code, once it has ended; null if a signal ended it. */
  get exitCode(): Promise<number | null> {
    return this.exited.then(({ code }) => code);
  }

  get isRunning(): boolean {
    return !this.ended;
  }

  /** Everything written so far. */
  get output(): string {
    return this.lines.join('\n');
  }

  /** The first line, of those already written too, that holds or matches `pattern`. */
  waitForLog(pattern: string | RegExp, timeoutMs?: number): Promise<string> {
    const matches = (line: string): boolean =>
      typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line);
    return this.wait(() => this.lines.find(matches), `a log line ${String(pattern)}`, timeoutMs);
  }

  /** Resolves when the port answers. */
  async waitListening(timeoutMs?: number): Promise<void> {
    await this.wait(() => fetch(`${this.url}/healthz`).then(({ ok }) => ok), 'the port to open', timeoutMs);
  }

  /** Resolves when `/readyz` answers 200. */
  async waitReady(timeoutMs?: number): Promise<void> {
    await this.wait(() => fetch(`${this.url}/readyz`).then(({ ok }) => ok), 'readiness', timeoutMs);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends the signal and waits for the end; kills what has not ended after `timeoutMs`. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', timeoutMs = 20_000): Promise<AppExit> {
    if (!this.isRunning) return this.exited;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(late);
    }
  }

  private collect(stream: Readable, into: string[]): void {
    createInterface({ input: stream }).on('line', (line) => {
      into.push(line);
      this.lines.push(line);
    });
  }

  /** Gives up at once when the program has ended. */
  private async wait<T>(condition: () => T | Promise<T>, what: string, timeoutMs?: number) {
    let found: T | undefined;
    const look = async (): Promise<boolean> => {
      const last = !this.isRunning;
      found = await Promise.resolve(condition()).catch(() => undefined);
      return Boolean(found) || last;
    };
    await waitFor(look, { timeoutMs }).catch(() => undefined);
    if (found) return found;
    throw new Error(`no ${what}${this.isRunning ? '' : ' and the program ended'}; it said:\n${this.output}`);
  }
}
