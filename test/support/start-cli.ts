import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { REPOSITORY } from './pages.js';

const CLI = join(REPOSITORY, 'dist/src/cli/main.js');

export interface CliOutcome {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface CliRun {
  readonly child: ChildProcess;
  readonly done: Promise<CliOutcome>;
  /** What it has written to standard error so far. */
  readonly printed: () => string;
}

export interface CliOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. @default none */
  readonly input?: Readable;
}

/** Starts a subcommand of `nestjs-mosec` as a process of its own. */
export function startCli(args: readonly string[], { folder, env, input }: CliOptions): CliRun {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  if (input && child.stdin) input.pipe(child.stdin.on('error', () => undefined));
  let [out, error] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const done = new Promise<CliOutcome>((resolve) => child.once('close', (code) => resolve({ code, out, error })));
  return { child, done, printed: () => error };
}
