import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('http-client')));
afterAll(() => app?.stop());

const json = { 'content-type': 'application/json' };
const call = (path: string, body: unknown = {}) => post(`${app.url}/calls${path}`, body, json);

describe('when a controller of a NestFactory application runs a pipeline', () => {
  it('should get the value, and be a call without a route', async () => {
    const answer = await call('', { want: 'data', data: { a: [1] } });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      data: { a: [1] },
      kind: '[object Object]',
      id: expect.stringMatching(/./) as string,
      hasDeadline: true,
    });
  });

  it('should keep what a structured clone keeps', async () => {
    const kinds = ['Date', 'Map', 'Float32Array', 'Undefined', 'BigInt'].map((kind) => `[object ${kind}]`);
    expect((await call('/kinds')).json).toEqual(kinds.map((kind) => `${kind} ${kind}`));
  });

  it.each([
    ['client', ['ClientError', 'MosecError'], 'CLIENT', 400, 'no'],
    ['validation', ['MosecError', 'ValidationError'], 'VALIDATION', 422, 'odd'],
    ['server', ['MosecError', 'ServerError'], 'SERVER', 500, 'boom'],
    ['unknown', ['MosecError'], 'INTERNAL', 500, 'inference internal error'],
    ['forbidden', ['MosecError'], 'CLIENT', 403, 'not yours'],
  ])('should catch a %s error as its class', async (want, classes, code, statusCode, message) => {
    expect((await call('/caught', { want })).json).toMatchObject({ classes, code, statusCode, message });
  });

  it.each([
    ['client', 400],
    ['validation', 422],
    ['server', 500],
    ['forbidden', 403],
  ])('should answer with the status of a %s error that it lets through', async (want, status) => {
    const answer = await call('', { want });
    expect(answer).toMatchObject({ status, json: { statusCode: status } });
  });

  it('should give up after timeoutMs', async () => {
    const answer = await call('/caught', { want: 'wait', timeoutMs: 100 });
    expect(answer.json).toMatchObject({
      classes: ['InferenceTimeoutError', 'MosecError'],
      code: 'TIMEOUT',
      message: 'inference timeout',
    });
    const { afterMs } = answer.json as { afterMs: number };
    expect(afterMs).toBeGreaterThanOrEqual(99);
    expect(afterMs).toBeLessThan(2500);
  });

  it("should give up after the server's timeout by default", async () => {
    const answer = await call('/caught', { want: 'wait' });
    expect(answer.json).toMatchObject({ code: 'TIMEOUT' });
    expect((answer.json as { afterMs: number }).afterMs).toBeGreaterThanOrEqual(2999);
  });

  it('should cancel the running stage by an AbortSignal', async () => {
    const abortedStages = async () => Number(((await call('', { want: 'aborted' })).json as { data: number }).data);
    const before = await abortedStages();
    const answer = await call('/caught', { want: 'wait', abortAfterMs: 100, timeoutMs: 60_000 });
    expect(answer.json).toMatchObject({ classes: ['MosecError'], code: 'CANCELLED' });
    await waitFor(async () => (await abortedStages()) === before + 1, { what: 'the stage to see the cancel' });
  });

  it('should drop what has not begun by an AbortSignal', async () => {
    const entered = async () => Number(((await call('', { want: 'entered' })).json as { data: number }).data);
    const before = await entered();
    const running = call('/caught', { want: 'wait', abortAfterMs: 1_000, timeoutMs: 60_000 });
    const behind = call('/caught', { want: 'wait', abortAfterMs: 100, timeoutMs: 60_000 });
    expect((await behind).json).toMatchObject({ classes: ['MosecError'], code: 'CANCELLED' });
    expect((await running).json).toMatchObject({ code: 'CANCELLED' });
    // Only the one that ran, and the question itself.
    expect(await entered()).toBe(before + 2);
  });

  it('should send nothing when the signal has aborted before', async () => {
    const answer = await call('/caught', { want: 'data', abortAfterMs: 0 });
    expect(answer.json).toMatchObject({ code: 'CANCELLED' });
  });

  it('should find that a deadline has passed already, and refuse what is no time', async () => {
    for (const timeoutMs of [0, -1]) {
      const answer = await call('/caught', { want: 'wait', timeoutMs });
      expect(answer.json, String(timeoutMs)).toMatchObject({
        code: expect.stringMatching(/^(TIMEOUT|DEADLINE_UNREACHABLE)$/) as string,
      });
      expect((answer.json as { afterMs: number }).afterMs).toBeLessThan(2000);
    }
    const answer = await call('/caught', { want: 'wait', timeoutMs: 'soon' });
    expect(answer.json).toMatchObject({ message: 'timeoutMs is "soon": give a number of milliseconds.' });
  });

  it('should say that a value cannot be handed over', async () => {
    expect(await call('/unclonable')).toMatchObject({ status: 500 });
    await app.waitForLog('could not be cloned');
  });
});

describe('when pipelines and stages are shared', () => {
  const pid = async (path: string, method = 'POST') =>
    Number((await ask(`${app.url}${path}`, { method, ...(method === 'POST' && { body: '1' }) })).text);

  it('should be one pool for one pipeline in several feature modules and for one stage in several pipelines', async () => {
    const pids = [await pid('/billing', 'GET'), await pid('/search', 'GET'), await pid('/pid')];
    expect(pids[0]).toBeGreaterThan(0);
    expect(new Set(pids).size).toBe(1);
    expect(app.lines.filter((line) => line.includes('replicas ready') && /"Pid"|\[Pid\]/.test(line))).toHaveLength(1);
  });

  it('should be a pool apart for a stageRuntime, shared by those that name it', async () => {
    const separate = await pid('/separate');
    expect(Number((await call('/separate')).text)).toBe(separate);
    expect(separate).not.toBe(await pid('/pid'));
  });

  it('should run in worker processes, not in that of the application', async () => {
    expect([await pid('/pid'), await pid('/separate')]).not.toContain(app.pid);
  });
});

describe('when the options come from forRootAsync', () => {
  it('should use them', async () => {
    const { types } = await scrape(app.url);
    expect(types.has('from_settings_remaining_task')).toBe(true);
  });
});
