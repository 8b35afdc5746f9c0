import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { readmeExample, runReadmeRequest, startReadmeExample } from '../support/readme-example.js';
import { RedisServer } from '../support/redis-server.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'mosec-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs an example as its README says, then what else is asked of it. @returns how many answers the page shows */
async function play(
  app: string,
  more: (app: AppProcess) => Promise<void> | void = () => undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const example = await readmeExample(`apps/${app}`);
  const started = await startReadmeExample(example, env);
  try {
    const shown = example.requests.filter(({ answer }) => answer !== '');
    for (const request of shown) expect(await runReadmeRequest(request, started)).toBe(request.answer);
    await more(started);
    return shown.length;
  } finally {
    await started.stop();
  }
}

describe('when the examples of validation run', () => {
  it.each([
    ['typed-validation', 2],
    ['validate-request', 2],
  ])('should answer as the README of %s says', async (app, answers) => {
    expect(await play(app)).toBe(answers);
  });
});

describe('when the examples of routes and streams run', () => {
  it.each([
    ['multi-route', 3],
    ['sse', 2],
  ])('should answer as the README of %s says', async (app, answers) => {
    expect(await play(app)).toBe(answers);
  });
});

describe('when the examples of hand-overs run', () => {
  it('should answer as the README of shared-memory says', async () => {
    expect(await play('shared-memory')).toBe(2);
  });

  it('should answer as the README of redis says, and leave nothing in Redis', async () => {
    const redis = await RedisServer.start();
    try {
      const stored = async (): Promise<void> => {
        expect(await redis.client.info('commandstats')).toMatch(/cmdstat_set/);
        await vi.waitFor(async () => expect(await redis.keys()).toEqual([]), { timeout: 30_000 });
      };
      expect(await play('redis', stored, { REDIS_URL: redis.url })).toBe(1);
    } finally {
      await redis.stop();
    }
  });
});

describe('when the example of jobs runs', () => {
  it('should answer as the README of async-jobs says', async () => {
    const redis = await RedisServer.start();
    try {
      expect(await play('async-jobs', undefined, { REDIS_URL: redis.url })).toBe(3);
    } finally {
      await redis.stop();
    }
  });
});

describe('when the examples of processes run', () => {
  it('should show each worker of custom-env its own device', async () => {
    const seen = new Map<number, string>();
    await play('custom-env', async ({ url }) => {
      const isKnown = async (): Promise<void> => {
        const answers = await Promise.all(Array.from({ length: 16 }, () => post(`${url}/inference`, {})));
        for (const { json } of answers) {
          const { worker, device, leaked } = json as { worker: number; device: string; leaked: boolean };
          expect(leaked).toBe(false);
          seen.set(worker, device);
        }
        expect(seen.size).toBe(4);
      };
      await vi.waitFor(isKnown, { timeout: 30_000 });
    });
    expect(Object.fromEntries(seen)).toEqual({ 1: '0', 2: '1', 3: '2', 4: '3' });
  });

  it('should answer as the README of daemon says', async () => {
    const env = { DICTIONARY_SOCKET: join(folder, 'dictionary.sock') };
    const started = async (app: AppProcess): Promise<void> => void (await app.waitForLog('dictionary of 2 words'));
    expect(await play('daemon', started, env)).toBe(2);
  });
});
