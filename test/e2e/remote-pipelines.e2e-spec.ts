import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('pipelines whose stages are in the gateway and on hosts that serve one each', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let gateway: AppProcess;
  let squares: AppProcess;
  let labels: AppProcess;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const remote = { redis: redis.url, stages: ['Square', 'Label'] };
    const env = { ...traces.env, CHAOS_OPTIONS: JSON.stringify({ remote }) };
    const host = (stage: string) => startReadyApp('chaos', { env, args: ['--role', 'worker', '--stages', stage] });
    [gateway, squares, labels] = await Promise.all([startReadyApp('chaos', { env }), host('Square'), host('Label')]);
  });

  afterAll(async () => {
    await Promise.all([gateway?.stop(), squares?.stop(), labels?.stop()]);
    await redis?.stop();
    traces.remove();
  });

  it('should start each stage where it belongs alone', () => {
    expect([gateway, squares, labels].map(({ pid }) => childPids(pid).length)).toEqual([2, 2, 1]);
  });

  it('should go from the gateway to one host, and from there to the other', async () => {
    const answer = await post(`${gateway.url}/alpha`, { id: 'a', n: 7 });
    expect(answer).toMatchObject({ status: 200, json: { id: 'a', square: 49, label: 'alpha' } });
  });

  it('should come back to the gateway', async () => {
    const answer = await post(`${gateway.url}/beta`, { id: 'b', n: 8 });
    expect(answer).toMatchObject({ status: 200, json: { id: 'b', square: 64, label: 'beta' } });
  });

  it('should give each item of a batch its own outcome', async () => {
    const bodies = [
      '{"id":',
      { id: 'n', n: -1 },
      { id: 'r', n: 1, mischief: 'refuse' },
      { id: 't', n: 1, mischief: 'throw' },
    ];
    const good = Array.from({ length: 8 }, (_, n) => ({ id: `g${n}`, n }));
    const answers = await Promise.all([...bodies, ...good].map((body) => post(`${gateway.url}/beta`, body)));
    expect(answers.slice(0, 4).map(({ status, json }) => [status, (json as { code: string }).code])).toEqual([
      [400, 'DECODING'],
      [422, 'VALIDATION'],
      [500, 'SERVER'],
      [400, 'CLIENT'],
    ]);
    for (const [n, { json }] of answers.slice(4).entries()) expect(json).toMatchObject({ id: `g${n}`, square: n * n });
  });

  it('should leave nothing in Redis', async () => {
    const left = (await redis.keys()).filter((key) => !/:(meta|events|id|stalled-check|marker)$/.test(key));
    expect(left).toEqual([]);
  });
});
