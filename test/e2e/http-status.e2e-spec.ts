import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

const folder = mkdtempSync(join(tmpdir(), 'http-status-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('while a model loads', () => {
  const gate = join(folder, 'gate');
  let app: AppProcess;

  beforeAll(async () => {
    app = await startApp('http-status', { env: { LOAD_WHEN: gate } });
    await app.waitListening();
  });
  afterAll(() => app?.stop());

  it('should be alive, and not ready for the stage that is missing', async () => {
    expect(await ask(`${app.url}/healthz`)).toMatchObject({ status: 200, json: { status: 'ok' } });
    await app.waitForLog(/1 of 1 replicas ready.*Halve/);
    const answer = await ask(`${app.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({ status: 'unavailable', reason: 'no replica is ready of stage Gated' });
    expect((await ask(`${app.url}/metrics`)).status).toBe(200);
    expect(await ask(`${app.url}/startupz`)).toMatchObject({
      status: 503,
      json: { status: 'unavailable', reason: 'no replica was ready yet of stage Gated' },
    });
  });

  it('should say so in a health check of @nestjs/terminus', async () => {
    const { status, json } = await ask(`${app.url}/health`);
    expect(status).toBe(503);
    expect(json).toMatchObject({
      status: 'error',
      info: { live: { status: 'up' }, other: { status: 'up' } },
      error: {
        models: { status: 'down', reason: 'no replica was ready yet of stage Gated' },
        mosec: { status: 'down', reason: 'no replica is ready of stage Gated' },
      },
    });
  });

  it('should let requests wait, until their deadline', async () => {
    const answer = await post(`${app.url}/gated`, 1, { 'x-request-timeout': '50' });
    expect(answer).toMatchObject({ status: 408, json: { message: 'inference timeout' } });
  });

  it('should answer those that waited once it is loaded, and say that it is ready', async () => {
    const patient = await startApp('http-status', {
      env: { LOAD_WHEN: join(folder, 'second') },
      args: ['--timeout', '30000'],
    });
    try {
      await patient.waitListening();
      const waiting = post(`${patient.url}/gated`, 8);
      await waitFor(async () => (await scrape(patient.url)).sum('mosec_service_remaining_task') === 1);
      writeFileSync(join(folder, 'second'), '');
      expect(await waiting).toMatchObject({ status: 200, json: 4 });
      expect(await ask(`${patient.url}/readyz`)).toMatchObject({ status: 200, json: { status: 'ready' } });
    } finally {
      await patient.stop();
    }
  });
});

describe('when readiness depends on a check of the application', () => {
  const database = join(folder, 'database');
  let app: AppProcess;

  const probes = async (): Promise<number[]> =>
    Promise.all(['healthz', 'startupz', 'readyz'].map(async (path) => (await ask(`${app.url}/${path}`)).status));

  beforeAll(async () => {
    writeFileSync(database, '');
    app = await startReadyApp('http-status', { env: { DATABASE: database } });
  });
  afterAll(() => app?.stop());

  it('should be ready while it passes, in all places', async () => {
    expect(await probes()).toEqual([200, 200, 200]);
    expect(await ask(`${app.url}/health`)).toMatchObject({ status: 200, json: { status: 'ok' } });
  });

  it('should not be ready while it fails, and tell operators why', async () => {
    rmSync(database);
    expect(await ask(`${app.url}/readyz`)).toMatchObject({
      status: 503,
      json: { status: 'unavailable', reason: 'check "database" failed' },
    });
    expect(await probes()).toEqual([200, 200, 503]);
    await app.waitForLog('check \\"database\\" fails: it returned false');
    writeFileSync(database, '');
    expect(await probes()).toEqual([200, 200, 200]);
    await app.waitForLog('check \\"database\\" passes again');
  });

  it('should answer probes while it hangs', async () => {
    writeFileSync(`${database}-hangs`, '');
    expect(await probes()).toEqual([200, 200, 503]);
    await app.waitForLog('it took longer than 200 ms');
    rmSync(`${database}-hangs`);
    await app.waitReady();
  });
});

describe('when it serves', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('http-status')));
  afterAll(() => app?.stop());

  it("should answer mosec's probe", async () => {
    const answer = await ask(app.url);
    expect(answer).toMatchObject({ status: 200, text: 'MOSEC service' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await ask(app.url, { method: 'HEAD' })).status).toBe(200);
  });

  it("should publish mosec's five metrics with their types", async () => {
    const { types } = await scrape(app.url);
    expect(Object.fromEntries(types)).toMatchObject({
      mosec_service_throughput_total: 'counter',
      mosec_service_process_duration_second: 'histogram',
      mosec_service_batch_size: 'histogram',
      mosec_service_batch_duration_second: 'histogram',
      mosec_service_remaining_task: 'gauge',
    });
    const type = (await ask(`${app.url}/metrics`)).headers.get('content-type');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('should count answers by code and endpoint, batches by stage and worker', async () => {
    const before = await scrape(app.url);
    for (const value of [1, 2, 3]) expect((await post(`${app.url}/gated`, value)).status).toBe(200);
    expect((await post(`${app.url}/gated`, -1)).status).toBe(400);
    await post(`${app.url}/gated`, '');
    const after = await scrape(app.url);
    const grown = (name: string, labels: Record<string, string>) =>
      after.sum(`mosec_service_${name}`, labels) - before.sum(`mosec_service_${name}`, labels);
    expect(grown('throughput_total', { code: '200', endpoint: '/gated' })).toBe(3);
    expect(grown('throughput_total', { code: '400', endpoint: '/gated' })).toBe(1);
    expect(grown('process_duration_second_count', { stage: 'total', connection: 'total' })).toBe(3);
    expect(grown('process_duration_second_count', { stage: 'Halve', connection: '1' })).toBe(3);
    expect(grown('batch_size_count', { stage: 'Halve', connection: '1' })).toBe(3);
    expect(grown('batch_size_sum', { stage: 'Halve', connection: '1' })).toBe(3);
    expect(grown('batch_duration_second_count', { stage: 'Halve', connection: '1' })).toBe(3);
    expect(after.sum('mosec_service_batch_size_count', { stage: 'Gated' })).toBe(0);
  });

  it("should have mosec's buckets", async () => {
    const { samples } = await scrape(app.url);
    const bounds = (name: string, stage: string) =>
      samples.filter((s) => s.name === `${name}_bucket` && s.labels.stage === stage).map((s) => s.labels.le);
    expect(bounds('mosec_service_batch_size', 'Halve')).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map(String).concat('+Inf'),
    );
    const durations = bounds('mosec_service_process_duration_second', 'total');
    expect(durations).toHaveLength(14);
    expect(durations[0]).toBe('0.001');
    expect(durations[12]).toBe('4.096');
  });

  it('should count the requests inside, and none when their clients have left', async () => {
    const remaining = async (): Promise<number> => (await scrape(app.url)).sum('mosec_service_remaining_task');
    const gated = await startApp('http-status', {
      env: { LOAD_WHEN: join(folder, 'never') },
      args: ['--timeout', '60000'],
    });
    try {
      await gated.waitListening();
      const inside = async (): Promise<number> => (await scrape(gated.url)).sum('mosec_service_remaining_task');
      const leaving = new AbortController();
      const answers = [1, 2, 3].map((value) =>
        fetch(`${gated.url}/gated`, { method: 'POST', body: String(value), signal: leaving.signal }),
      );
      await waitFor(async () => (await inside()) === 3);
      leaving.abort();
      await Promise.allSettled(answers);
      await waitFor(async () => (await inside()) === 0);
      expect((await scrape(gated.url)).sum('mosec_service_throughput_total')).toBe(0);
    } finally {
      await gated.stop();
    }
    expect(await remaining()).toBe(0);
  });

  it('should name the metrics as it is told', async () => {
    const named = await startApp('http-status', { args: ['--namespace', 'shop'] });
    try {
      await named.waitListening();
      const { types } = await scrape(named.url);
      expect(types.get('shop_remaining_task')).toBe('gauge');
      expect([...types.keys()].some((name) => name.startsWith('mosec_service'))).toBe(false);
    } finally {
      await named.stop();
    }
  });
});

describe('when the application has routes of its own there', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('http-status', { env: { OWN_PATHS: '1' } })));
  afterAll(() => app?.stop());

  it('should leave them to it', async () => {
    expect(await ask(app.url)).toMatchObject({ status: 200, text: 'own home' });
    expect(await ask(`${app.url}/metrics`)).toMatchObject({ status: 200, text: 'own metrics' });
    expect(await ask(`${app.url}/healthz`)).toMatchObject({ status: 200, json: { status: 'ok' } });
  });
});
