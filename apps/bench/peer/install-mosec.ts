import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Children } from '../processes/children.js';
import { runProgram } from './run-program.js';

/** The release that the targets are about. */
export const MOSEC_VERSION = '0.9.8';
/** Written last: without it an environment is incomplete. */
const COMPLETE = 'complete';

/**
 * A virtual environment with mosec; made at the first call, taken from `cache` later.
 * @returns its Python
 * @throws naming what is missing
 */
export async function installMosec(
  cache: string,
  children: Children,
  progress: (text: string) => void,
): Promise<string> {
  const folder = join(cache, `mosec-${MOSEC_VERSION}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, COMPLETE)) && existsSync(python)) return python;
  progress(`making a virtual environment of Python for mosec in ${folder}`);
  const venv = await runProgram(children, 'python3', ['-m', 'venv', '--clear', folder]);
  if (venv) throw new Error(`${whyNoVenv(venv)}: ${venv.lastLine}`);
  progress(`installing mosec ${MOSEC_VERSION}`);
  const pip = await runProgram(children, python, ['-m', 'pip', 'install', `mosec==${MOSEC_VERSION}`]);
  if (pip)
    throw new Error(`"pip install mosec==${MOSEC_VERSION}" failed; is the package index reachable? ${pip.lastLine}`);
  await writeFile(join(folder, COMPLETE), '');
  return python;
}

function whyNoVenv({ missing, output }: { missing: boolean; output: string }): string {
  if (missing) return '"python3" was not found; install it (Debian: apt-get install python3 python3-venv)';
  if (/ensurepip|No module named venv/.test(output)) {
    return 'Python\'s "venv" is not complete; install it (Debian: apt-get install python3-venv)';
  }
  return '"python3 -m venv" failed';
}
