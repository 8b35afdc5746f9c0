import { spawn } from 'node:child_process';
import type { Children } from '../processes/children.js';

/** How a program failed. */
export interface ProgramFailure {
  /** There is no such program. */
  readonly missing: boolean;
  readonly output: string;
  readonly lastLine: string;
}

/** Runs a program to its end. @returns undefined if it succeeded */
export function runProgram(
  children: Children,
  command: string,
  args: readonly string[],
): Promise<ProgramFailure | undefined> {
  const child = children.add(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    const fail = (missing: boolean, text: string): void =>
      resolve({ missing, output: text, lastLine: text.trim().split('\n').at(-1) ?? '' });
    child.once('error', ({ message }) => fail(true, message));
    child.once('close', (code, signal) =>
      code === 0 ? resolve(undefined) : fail(false, output || `it ended with ${code ?? signal}`),
    );
  });
}
