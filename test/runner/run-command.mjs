import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const LIMIT_MS = 40 * 60_000;

/** Runs one command of the project; `live` shows its output as it comes, otherwise it is collected. */
export function runCommand(command, args, { live = false } = {}) {
  const path = `${join(process.cwd(), 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  return new Promise((resolve) => {
    const chunks = [];
    const child = spawn(command, args, {
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      env: { ...process.env, PATH: path, NO_UPDATE_NOTIFIER: '1' },
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString('utf8').trim();
      resolve({ ok: code === 0, output: signal ? `${output}\n"${command}" was ended by ${signal}.` : output });
    });
  });
}
