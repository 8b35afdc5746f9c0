import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolDescription } from 'nestjs-mosec';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminClient } from '../support/admin-client.js';
import { childPids, isAlive } from '../support/processes.js';
import { ask } from '../support/post.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { SteadyLoad } from '../support/steady-load.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several workers takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
let app: WorkApp;
let admin: AdminClient;

const writeModel = (text: string): void => writeFileSync(join(traces.path, 'model'), text);
const pidsOf = ({ replicas }: PoolDescription): (number | undefined)[] => replicas.map(({ pid }) => pid);
const idsOf = ({ replicas }: PoolDescription): number[] => replicas.map(({ workerId }) => workerId);

beforeAll(async () => {
  writeModel('first');
  app = await startReadyWork(traces, {
    admin: true,
    options: { timeoutMs: 60_000, drainTimeoutMs: 20_000 },
    routes: {
      '/model': { stage: 'model', replicas: 2 },
      '/batch': { stage: 'batch', maxBatchSize: 4 },
      '/thread': { execution: 'thread' },
      '/inline': { execution: 'inline' },
      '/env': { replicas: 1, env: [{}, {}] },
    },
  });
  admin = new AdminClient(app.process.url);
});
afterAll(async () => {
  await app?.process.stop();
  traces.remove();
});

describe('when runtime control is asked for over HTTP', () => {
  it('should answer nobody whom the guard does not let in', async () => {
    const answers = await Promise.all([
      ask(`${app.process.url}/mosec/admin/pools`),
      ask(`${app.process.url}/mosec/admin/pools/Model/pause`, { method: 'POST' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect((await admin.pool('Model')).isPaused).toBe(false);
  });

  it('should describe all pools, with each worker as it is', async () => {
    const { json } = await admin.get('/pools');
    const { pools } = json as { pools: PoolDescription[] };
    expect(pools.map(({ stage, execution }) => `${stage} ${execution}`)).toEqual([
      'Model process',
      'WorkBatch process',
      'Work thread',
      'Work_2 inline',
      'Work_3 process',
    ]);
    expect(pools[0]).toMatchObject({
      desiredReplicas: 2,
      readyReplicas: 2,
      queueDepth: 0,
      inFlight: 0,
      isPaused: false,
    });
    for (const pid of pidsOf(pools[0] as PoolDescription)) expect(childPids(app.process.pid)).toContain(pid);
    expect(pools[2]?.replicas).toMatchObject([{ workerId: 1, state: 'ready', pid: app.process.pid, restarts: 0 }]);
    expect(pools[2]?.replicas[0]?.threadId).toBeGreaterThan(0);
  });

  it('should tell what a worker is busy with, and what waits', async () => {
    const answers = ['busy', 'next'].map((id) => app.order('/env', { id, until: 'busy-may-end' }));
    const pool = await admin.until('Work_3', ({ queueDepth, inFlight }) => queueDepth === 1 && inFlight === 1);
    expect(pool.replicas).toMatchObject([{ inFlight: 1, batches: 1, answered: 0 }]);
    expect(pool.oldestWaitMs).toBeGreaterThan(0);
    traces.release('busy-may-end');
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    const after = await admin.pool('Work_3');
    expect(after.replicas).toMatchObject([{ inFlight: 0, answered: 2 }]);
    expect(after.recentBatches).toMatchObject({ count: 2, meanSize: 1 });
  });

  it.each([
    ['Nobody', 'scale', { replicas: 2 }, 404, 'NOT_FOUND', 'there is no stage "Nobody"; the stages are: "Model"'],
    ['Model', 'scale', { replicas: 0 }, 400, 'CLIENT', 'pause the stage to give it no work'],
    ['Model', 'scale', { replicas: 1.5 }, 400, 'CLIENT', 'give an integer from 1 to 1000'],
    ['Model', 'scale', {}, 400, 'CLIENT', '"replicas" is no number'],
    ['Model', 'scale', { replicas: 1, replica: 2 }, 400, 'CLIENT', '"replica" means nothing here'],
    ['Model', 'restart', { surge: 2 }, 400, 'CLIENT', 'surge cannot be "2": give 0 or 1'],
    ['Model', 'pause', { forMs: 1 }, 400, 'CLIENT', '"forMs" means nothing here: send no body'],
    ['Work_2', 'scale', { replicas: 2 }, 409, 'CONFLICT', "give it execution 'process' or 'thread'"],
    ['Work_3', 'scale', { replicas: 3 }, 409, 'CONFLICT', 'has env for 2 replicas'],
  ])('should refuse %s %s %j with %i', async (stage, action, body, status, code, text) => {
    const answer = await admin.post(stage, action, body);
    expect(answer.json).toMatchObject({ statusCode: status, code, message: expect.stringContaining(text) as string });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-request-id')).toBe((answer.json as { requestId: string }).requestId);
  });

  it('should not be part of the OpenAPI document', async () => {
    const { json } = await ask(`${app.process.url}/openapi/metadata.json`);
    expect(Object.keys((json as { paths: object }).paths)).toEqual(['/model', '/batch', '/thread', '/inline', '/env']);
  });
});

describe.each([
  ['processes', '/batch', 'WorkBatch'],
  ['threads', '/thread', 'Work'],
])('when a stage in %s is scaled under load', (_where, path, stage) => {
  it('should answer every request, and use the lowest numbers', async () => {
    const load = new SteadyLoad(app, path, 12);
    const up = await admin.post(stage, 'scale', { replicas: 4 });
    expect(idsOf(up.json as PoolDescription)).toEqual([1, 2, 3, 4]);
    const from = load.answers.length;
    await waitFor(() => new Set(load.answers.slice(from).map(({ report }) => report.workerId)).size === 4);
    const down = await admin.post(stage, 'scale', { replicas: 1 });
    expect(down.json).toMatchObject({ desiredReplicas: 1, replicas: [{ workerId: 1, state: 'ready' }] });
    const again = await admin.post(stage, 'scale', { replicas: 2 });
    expect(idsOf(again.json as PoolDescription)).toEqual([1, 2]);
    await admin.post(stage, 'scale', { replicas: 1 });
    const answers = await load.stop();
    expect(load.statuses).toEqual([200]);
    expect(answers.filter(({ report }) => report.tries !== 1)).toEqual([]);
    expect(app.process.output).not.toMatch(/worker ended: killed/);
  });
});

describe('when a worker that leaves is killed', () => {
  it('should run what it had elsewhere, and start none in its place', async () => {
    await admin.post('Model', 'scale', { replicas: 3 });
    const held = ['one', 'two', 'three'].map((id) => app.order('/model', { id, until: 'model-may-end' }));
    await waitFor(() => ['one', 'two', 'three'].every((id) => app.entered(id)));
    const scaled = admin.post('Model', 'scale', { replicas: 2 });
    const { replicas } = await admin.until('Model', (pool) => pool.replicas.some(({ state }) => state === 'leaving'));
    const leaving = replicas.find(({ state }) => state === 'leaving');
    expect(leaving).toMatchObject({ workerId: 3, inFlight: 1 });
    process.kill(leaving?.pid as number, 'SIGKILL');
    expect(idsOf((await scaled).json as PoolDescription)).toEqual([1, 2]);
    traces.release('model-may-end');
    const answers = await Promise.all(held);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ report }) => report.tries).sort()).toEqual([1, 1, 2]);
    expect((await admin.pool('Model')).replicas).toHaveLength(2);
  });
});

describe('when a stage is restarted under load', () => {
  it.each([1, 0])('should load the new model file in fresh workers, one at a time: surge %i', async (surge) => {
    const before = pidsOf(await admin.pool('Model'));
    const model = `model of surge ${surge}`;
    writeModel(model);
    const load = new SteadyLoad(app, '/model', 6);
    const { status, json } = await admin.post('Model', 'restart', { surge });
    expect(status).toBe(200);
    const after = pidsOf(json as PoolDescription);
    expect(after).toHaveLength(2);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    expect(before.filter((pid) => isAlive(pid as number))).toEqual([]);
    expect(idsOf(json as PoolDescription)).toEqual([1, 2]);
    const from = load.answers.length;
    await waitFor(() => load.answers.length > from + 20);
    const answers = await load.stop();
    expect(load.statuses).toEqual([200]);
    expect(new Set(answers.slice(from + 6).map(({ report }) => (report as { model?: string }).model))).toEqual(
      new Set([model]),
    );
  });

  it('should keep the old workers and tell the cause where the new model file is broken', async () => {
    const before = pidsOf(await admin.pool('Model'));
    writeModel('broken');
    const { status, json } = await admin.post('Model', 'restart');
    expect({ status, code: (json as { code: string }).code }).toEqual({ status: 500, code: 'START_FAILED' });
    expect((json as { message: string }).message).toContain('the model file is broken');
    expect(pidsOf(await admin.pool('Model'))).toEqual(before);
    expect((await app.order('/model', { id: 'still' })).report).toMatchObject({ model: 'model of surge 0' });
    writeModel('repaired');
    expect((await admin.post('Model', 'restart')).status).toBe(200);
    expect((await app.order('/model', { id: 'now' })).report).toMatchObject({ model: 'repaired' });
  });

  it('should refuse a second restart meanwhile', async () => {
    const [first, second] = await Promise.all([admin.post('Work', 'restart'), admin.post('Work', 'restart')]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
  });
});

describe('when a stage is paused', () => {
  it('should accept requests, keep them, and say that it is not ready, until it is resumed', async () => {
    expect((await admin.post('WorkBatch', 'pause')).json).toMatchObject({ isPaused: true });
    const waiting = app.order('/batch', { id: 'patient' });
    const late = app.order('/batch', { id: 'impatient' }, { 'x-request-timeout': '200' });
    await admin.until('WorkBatch', ({ queueDepth }) => queueDepth === 2);
    const ready = await ask(`${app.process.url}/readyz`);
    expect({ status: ready.status, json: ready.json }).toEqual({
      status: 503,
      json: { status: 'unavailable', reason: 'paused: stage WorkBatch' },
    });
    expect((await late).status).toBe(408);
    expect([app.entered('patient'), app.entered('impatient')]).toEqual([false, false]);
    expect((await app.order('/env', { id: 'other-stage' })).status).toBe(200);
    expect((await admin.post('WorkBatch', 'resume')).json).toMatchObject({ isPaused: false });
    expect((await waiting).status).toBe(200);
    expect((await ask(`${app.process.url}/readyz`)).status).toBe(200);
  });
});

describe('when the server is stopped during a restart and a pause', () => {
  it('should answer what it has accepted, leave no worker behind, and end with 0', async () => {
    await admin.post('WorkBatch', 'pause');
    const queued = app.order('/batch', { id: 'queued' });
    const held = ['held', 'held-too'].map((id) => app.order('/model', { id, until: 'held-may-end' }));
    await waitFor(() => app.entered('held') && app.entered('held-too'));
    await admin.until('WorkBatch', ({ queueDepth }) => queueDepth === 1);
    const restart = admin.post('Model', 'restart');
    await admin.until('Model', ({ replicas }) => replicas.some(({ state }) => state !== 'ready'));
    const workers = childPids(app.process.pid);
    const stopped = app.process.stop();
    expect((await queued).status).toBe(200);
    traces.release('held-may-end');
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    expect([200, 503]).toContain((await restart).status);
    expect(await stopped).toEqual({ code: 0, signal: null });
    expect(workers.filter(isAlive)).toEqual([]);
  });
});
