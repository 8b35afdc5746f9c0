import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Written last: without it an environment is incomplete. */
const COMPLETE = 'complete';
/** More than making an environment takes on a slow network. */
const LIMIT_MS = 170_000;

/** A Python with a package in an environment of its own, or why there is none. */
export type PythonClient = { readonly python: string; readonly missing?: undefined } | { readonly missing: string };

/**
 * Makes a virtual environment with `requirement`, or takes that of an earlier run, from `$XDG_CACHE_HOME/nestjs-mosec` or
 * from `node_modules/.cache`.
 */
export async function pythonClient(name: string, requirement: string): Promise<PythonClient> {
  const { XDG_CACHE_HOME: cache = '' } = process.env;
  const base = isAbsolute(cache) ? cache : join(root, 'node_modules', '.cache');
  const folder = join(base, 'nestjs-mosec', name);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, COMPLETE)) && existsSync(python)) return { python };
  const venv = await failure('python3', ['-m', 'venv', '--clear', folder]);
  if (venv !== undefined) return { missing: `"python3 -m venv" failed: ${venv}` };
  const pip = await failure(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement]);
  if (pip !== undefined) return { missing: `"pip install ${requirement}" failed: ${pip}` };
  writeFileSync(join(folder, COMPLETE), '');
  return { python };
}

/** Runs a program to its end. @returns what it said last, if it failed */
async function failure(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)(command, args, { timeout: LIMIT_MS });
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    return (stderr.trim() || message).split('\n').at(-1) ?? '';
  }
}
