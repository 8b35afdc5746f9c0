import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteSummary } from '../../apps/bench/remote/summary.js';
import { childPids, isAlive } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { startApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

const TINY = '--rounds 1 --starts 1 --warm-up 0 --scope one --bodies 20'.split(' ');

/** Every process below `pid`. */
function descendants(pid: number): number[] {
  return childPids(pid).flatMap((child) => [child, ...descendants(child)]);
}

describe('when pipelines are compared with a bare route', () => {
  let folder: string;

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bench-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('should write a table, the same as JSON, and the profiles', async () => {
    const json = join(folder, 'result.json');
    const profiles = join(folder, 'profiles');
    const args = [...TINY, '--connections', '1,2', '--seconds', '0.3', '--json', json, '--profile', profiles];
    const app = await startApp('apps/bench', { args });
    expect(await app.exitCode, app.output).toBe(0);
    const { cells, conditions } = JSON.parse(readFileSync(json, 'utf8')) as {
      cells: Record<string, unknown>[];
      conditions: unknown;
    };
    const figures = {
      requestsPerSecond: expect.any(Number) as number,
      memoryBytes: expect.any(Number) as number,
      errors: {},
    };
    const common = { pipeline: 'one', bodyBytes: 20, valid: true, judgements: [], ours: figures, peer: figures };
    expect(cells).toMatchObject([1, 2].map((connections) => ({ ...common, connections })));
    expect(conditions).toMatchObject({ peer: 'fastify', rounds: 1, starts: 1, seconds: 0.3, profiled: true });
    expect(app.output).toMatch(/^one +20 B, 2 connections +ours +\d/m);
    expect(app.output).toContain('ours / fastify');
    const names = readdirSync(profiles).map((name) => name.replace(/\d+/, 'N'));
    expect(names.sort()).toEqual(
      ['one-gateway-N', 'one-gateway-N', 'one-worker-N', 'one-worker-N'].map((name) => `${name}.cpuprofile`),
    );
  });
});

describe('when a stage on worker hosts is compared with the same stage in the gateway', () => {
  it('should write what the hop adds and what batches reach, and leave nothing in Redis', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const redis = await RedisServer.start();
    try {
      const json = join(folder, 'result.json');
      const args = `--remote --redis ${redis.url} --hosts 2 --rounds 1 --seconds 0.2 --warm-up 0 --json ${json}`.split(
        ' ',
      );
      const app = await startApp('apps/bench', { args });
      expect(await app.exitCode, app.output).toBe(0);
      const { cells, remote } = JSON.parse(readFileSync(json, 'utf8')) as { cells: unknown[]; remote: RemoteSummary };
      expect(cells).toEqual([]);
      const sample = { itemsPerSecond: expect.any(Number) as number, errors: {} };
      const load = { valid: true, local: sample, remote: sample };
      expect(remote).toMatchObject({ hosts: 2, loads: { alone: load, http: load, inside: load } });
      expect(remote.loads.inside.remote.batchItems).toBeGreaterThan(1);
      expect(remote.loads.inside.remote.cores.hosts).toBeGreaterThan(0);
      expect(app.output).toMatch(/^added by the remote hop, p50: \d/m);
      expect(await redis.keys()).toEqual([]);
    } finally {
      await redis.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('should say what to do where there is no redis-server', async () => {
    const app = await startApp('apps/bench', { args: ['--remote'], env: { PATH: '/nowhere' } });
    expect(await app.exitCode).toBe(1);
    expect(app.output).toContain('"redis-server" cannot be started: install Redis, or name one with --redis');
  });
});

describe('when the benchmark is ended early', () => {
  const args = [...TINY, '--connections', '2', '--seconds', '60'];

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGKILL', null],
  ] as const)('should leave no process behind after %s', async (signal, code) => {
    const app = await startApp('apps/bench', { args });
    const below = await waitFor(() => {
      const pids = descendants(app.pid);
      return pids.length >= 2 && pids;
    });
    expect((await app.stop(signal)).code).toBe(code);
    await waitFor(() => !below.some(isAlive));
  });
});

describe('when an option is wrong', () => {
  it('should name it, show the usage and end with 2', async () => {
    const app = await startApp('apps/bench', { args: ['--peer', 'flask'] });
    expect(await app.exitCode).toBe(2);
    expect(app.stderr[0]).toBe('"--peer flask" must be one of fastify, mosec.');
    expect(app.output).toContain('Usage: npm run bench');
  });
});
