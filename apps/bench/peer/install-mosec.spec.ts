import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Children } from '../processes/children.js';
import { installMosec } from './install-mosec.js';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-install-'));
  mkdirSync(join(folder, 'bin'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/bin:/usr/bin`);
  said = [];
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Stands for Python: notes its arguments, and as `-m venv` makes an environment whose Python is itself. */
function python(script: string): void {
  const file = join(folder, 'bin', 'python3');
  writeFileSync(file, `#!/bin/sh\necho "$*" >> "${folder}/calls"\n${script}\n`);
  chmodSync(file, 0o755);
}

const WORKING = 'if [ "$2" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi';
const install = () => installMosec(join(folder, 'cache'), new Children(), (text) => said.push(text));
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

describe('when Python works', () => {
  beforeEach(() => python(WORKING));

  it('should install the release once and say so', async () => {
    const found = await install();
    expect(found).toBe(join(folder, 'cache', 'mosec-0.9.8', 'bin', 'python'));
    expect(calls()).toEqual([expect.stringContaining('-m venv --clear'), '-m pip install mosec==0.9.8']);
    expect(said).toHaveLength(2);
    expect(await install()).toBe(found);
    expect(calls()).toHaveLength(2);
  });
});

describe('when something is missing', () => {
  it('should name the package of Python', async () => {
    vi.stubEnv('PATH', join(folder, 'bin'));
    await expect(install()).rejects.toThrow('"python3" was not found; install it (Debian: apt-get install python3');
  });

  it('should name the package of venv', async () => {
    python('echo "ensurepip is not available" >&2; exit 1');
    await expect(install()).rejects.toThrow('apt-get install python3-venv');
  });

  it('should tell what pip said, and try again the next time', async () => {
    python(`${WORKING}; if [ "$2" = pip ]; then echo "no such release" >&2; exit 1; fi`);
    await expect(install()).rejects.toThrow(/^"pip install mosec==0\.9\.8" failed.*no such release$/);
    python(WORKING);
    await install();
    expect(calls()).toHaveLength(4);
  });
});
