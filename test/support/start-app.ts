import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { AppProcess } from './app-process.js';

export interface StartOptions {
  /** Flags of the command line. @default none */
  readonly args?: readonly string[];
  /** Added to this process's own variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default a free one */
  readonly port?: number;
  /** Options of Node itself, e.g. `--expose-gc`. */
  readonly execArgv?: readonly string[];
  /** Puts it and its workers into a process group of their own, whose id is its pid. @default false */
  readonly detached?: boolean;
  /** A command that runs the program, e.g. `['unshare', '--pid']`. @default none */
  readonly wrapper?: readonly string[];
}

/**
 * Starts a built program as a process of its own: `startApp('http-surface')` is the fixture of that name,
 * `startApp('apps/echo')` a program of the repository. It learns its port from `MOSEC_PORT`. Stop it in `afterAll`.
 */
export async function startApp(name: string, options: StartOptions = {}): Promise<AppProcess> {
  const folder = name.includes('/') ? name : `test/fixtures/${name}`;
  const main = fileURLToPath(new URL(`../../dist/${folder}/main.js`, import.meta.url));
  if (!existsSync(main)) throw new Error(`${main} is not built: run npx tsc -p tsconfig.e2e.json`);
  const port = options.port ?? (await freePort());
  const node = [process.execPath, ...(options.execArgv ?? []), main, ...(options.args ?? [])];
  const [command = '', ...args] = [...(options.wrapper ?? []), ...node];
  const child = spawn(command, args, {
    detached: options.detached,
    env: { ...process.env, VITEST: undefined, MOSEC_PORT: String(port), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new AppProcess(child, port);
}

/** As `startApp`, and resolves when `/readyz` says so. */
export async function startReadyApp(name: string, options?: StartOptions): Promise<AppProcess> {
  const app = await startApp(name, options);
  await app.waitReady();
  return app;
}
