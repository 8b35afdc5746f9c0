import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AppProcess } from './app-process.js';
import { startReadyApp } from './start-app.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

export interface ReadmeRequest {
  /** A shell command as the page has it, lines that end in a backslash included. */
  readonly command: string;
  /** The lines behind it that begin with `#`, without that; empty if the page shows no answer. */
  readonly answer: string;
}

/** Stands in the commands of READMEs for the address of the server; a command without it is no request. */
const ADDRESS = 'http://localhost:8000';

/** A program under `apps/` as its README tells to start and to call it. */
export interface ReadmeExample {
  /** Of the line `[NAME=value …] node dist/apps/<folder>/main.js [flags]`. */
  readonly app: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly requests: readonly ReadmeRequest[];
}

/** @throws {Error} if the page has no line that starts the program */
export async function readmeExample(app: string): Promise<ReadmeExample> {
  const page = await readFile(`${root}${app}/README.md`, 'utf8');
  const shell = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code).join('');
  const start = new RegExp(`^((?:\\w+=\\S+ )*)node dist/${app}/main\\.js(.*)$`, 'm').exec(shell);
  if (!start) throw new Error(`${app}/README.md has no line "node dist/${app}/main.js".`);
  const [, variables = '', flags = ''] = start;
  const env = Object.fromEntries(variables.split(' ').filter(Boolean).map(assignment));
  return { app, env, args: flags.split(' ').filter(Boolean), requests: requestsOf(shell) };
}

/** Starts it by its start line on a free port. `env` replaces what the line says, e.g. a folder of models. */
export function startReadmeExample(
  example: ReadmeExample,
  env: Readonly<Record<string, string>> = {},
): Promise<AppProcess> {
  return startReadyApp(example.app, { args: example.args, env: { ...example.env, ...env } });
}

/** Runs the command in a shell from the root of the repository, against that process. @returns what it printed */
export async function runReadmeRequest(request: ReadmeRequest, app: AppProcess): Promise<string> {
  const command = request.command.replaceAll(ADDRESS, app.url);
  const { stdout } = await run('sh', ['-c', command], { cwd: root });
  return stdout.trimEnd();
}

function requestsOf(shell: string): ReadmeRequest[] {
  const commands = [...shell.matchAll(/^((?!#)(?:.*\\\n)*.*)\n((?:#(?: .*)?\n)*)/gm)];
  return commands
    .map(([, command = '', answer = '']) => ({ command, answer: answer.replace(/^# ?/gm, '').trimEnd() }))
    .filter(({ command }) => command.includes(ADDRESS));
}

function assignment(text: string): [string, string] {
  const [name = '', ...value] = text.split('=');
  return [name, value.join('=')];
}
