import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

describe("when a stage has execution 'inline'", () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startReadyApp('worker-inline', { args: ['--debug'] });
  });
  afterAll(() => app?.stop('SIGKILL'));

  it('should answer from the process of the gateway', async () => {
    const { status, json } = await post(`${app.url}/reverse`, JSON.stringify('abc'));
    expect(status).toBe(200);
    expect(json).toEqual({ text: 'cba', pid: app.pid });
    expect(childPids(app.pid)).toEqual([]);
  });

  it('should log through the logger of the application', async () => {
    await post(`${app.url}/reverse`, JSON.stringify('abc'));
    const own = await app.waitForLog('reversing by Logger');
    const context = await app.waitForLog('reversing by WorkerContext');
    expect(JSON.parse(own)).toMatchObject({ context: 'ReverseLogger', level: 'log' });
    expect(JSON.parse(context)).toMatchObject({ context: 'Reverse#1', level: 'log' });
    await app.waitForLog('reversing in detail');
  });

  it('should end with 0 at SIGTERM', async () => {
    expect(await app.stop()).toEqual({ code: 0, signal: null });
  });
});

describe("when a program uses 'nestjs-mosec/testing'", () => {
  const traces = new TraceFolder();
  afterAll(() => traces.remove());

  it('should run all stages in its own process and end by itself once the application is closed', async () => {
    traces.release('warm-up-may-end');
    const app = await startApp('worker-testing', { env: traces.env });
    expect(await app.exited, app.output).toEqual({ code: 0, signal: null });
    const answer = app.stdout.find((line) => line.startsWith('{"statusCode"')) ?? '';
    expect(JSON.parse(answer)).toMatchObject({ statusCode: 200, name: 'inline', pid: app.pid, provided: 'test' });
    expect(traces.lines('constructed')).toEqual([String(app.pid), String(app.pid)]);
    expect(traces.lines('destroyed')).toEqual([String(app.pid), String(app.pid)]);
  });
});
