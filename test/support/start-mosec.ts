import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { AppProcess } from './app-process.js';
import { freePort } from './free-port.js';
import { REPOSITORY } from './pages.js';
import { waitFor } from './wait-for.js';

/** That of the benchmark's virtual environment, if `npm run bench -- --peer mosec` has ever run; or what `MOSEC_PYTHON` says. */
export function mosecPython(): string | undefined {
  const { MOSEC_PYTHON, XDG_CACHE_HOME: cache = '' } = process.env;
  const folder = isAbsolute(cache) ? cache : join(REPOSITORY, 'node_modules/.cache');
  const python = MOSEC_PYTHON ?? join(folder, 'nestjs-mosec/mosec-0.9.8/bin/python');
  return existsSync(python) ? python : undefined;
}

/** Starts a server of mosec and waits until it serves. */
export async function startMosec(python: string, script: string, args: readonly string[]): Promise<AppProcess> {
  const port = await freePort();
  // Its sockets lie here; a path of a socket must be short.
  const path = join(mkdtempSync(join(tmpdir(), 'mosec-')), 's');
  const flags = ['--address', '127.0.0.1', '--port', String(port), '--path', path, '--log-level', 'warning', ...args];
  const app = new AppProcess(
    spawn(python, [join(REPOSITORY, script), ...flags], { stdio: ['ignore', 'pipe', 'pipe'] }),
    port,
  );
  await waitFor(() =>
    fetch(app.url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return app;
}
