import { once } from 'node:events';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { MosecModuleOptions } from 'nestjs-mosec';
import { answerOf, Http2Client } from '../support/http2-client.js';
import * as http2Frames from '../../src/http/http2-frames.fixture.js';
import { ask } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** More than the buffers of the kernel hold. */
const REPLY_BYTES = 40_000_000;
const traces = new TraceFolder();
const apps: WorkApp[] = [];

async function start(options: MosecModuleOptions = {}): Promise<WorkApp> {
  const app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, drainTimeoutMs: 50_000, killGraceMs: 300, ...options },
    routes: { '/one': {} },
  });
  apps.push(app);
  return app;
}

async function stop(app: WorkApp): Promise<void> {
  app.process.kill('SIGTERM');
  await waitFor(async () => (await ask(`${app.process.url}/readyz`)).status === 503);
}

afterAll(async () => {
  await Promise.all(apps.map(({ process }) => process.stop('SIGKILL')));
  traces.remove();
});

describe('when the server stops while a stream is open', () => {
  it('should finish it, refuse new ones, and wait for no idle session', async () => {
    const app = await start();
    const [busy, idle] = await Promise.all([1, 2].map(() => Http2Client.connect(app.process.url)));
    const stream = busy?.open('/one', {}, JSON.stringify({ id: 'open', until: 'open-may-end' }));
    await waitFor(() => app.entered('open'));
    await stop(app);
    await waitFor(() => idle?.isClosed);
    // Node announces the end of a session that has no stream twice.
    expect([idle?.goaways[0], busy?.goaways, busy?.isClosed]).toEqual([0, [0], false]);
    const late = await Http2Client.connect(app.process.url);
    const refused = await late.post('/one', { id: 'late' });
    expect(refused).toMatchObject({ status: 503, json: { code: 'DRAINING', statusCode: 503 } });
    expect(refused.headers).not.toHaveProperty('connection');
    await waitFor(() => late.isClosed);
    const silent = await RawHttp.connect(app.process.port);
    silent.send(http2Frames.opening);
    traces.release('open-may-end');
    expect((await answerOf(stream!)).status).toBe(200);
    expect(await app.process.exited).toEqual({ code: 0, signal: null });
    expect(app.entered('late')).toBe(false);
    expect(app.process.output).not.toContain('Warning');
  });

  it('should answer 503 after the drain timeout', async () => {
    const app = await start({ drainTimeoutMs: 300 });
    const client = await Http2Client.connect(app.process.url);
    const answer = client.post('/one', { id: 'slow', until: 'never' });
    await waitFor(() => app.entered('slow'));
    app.process.kill('SIGTERM');
    expect(await answer).toMatchObject({ status: 503, json: { code: 'DRAINING' } });
    expect(await app.process.exited).toEqual({ code: 1, signal: null });
  });
});

describe('when a client is still reading its answer while the server stops', () => {
  it('should get it whole', async () => {
    const app = await start();
    const client = await Http2Client.connect(app.process.url);
    const stream = client.open('/one', {}, JSON.stringify({ id: 'large', replyBytes: REPLY_BYTES }));
    await once(stream, 'response');
    await stop(app);
    expect((await answerOf(stream)).text.length).toBeGreaterThan(REPLY_BYTES);
    expect(await app.process.exited).toEqual({ code: 0, signal: null });
  });

  it('should be cut off after the drain timeout, and the server end with 1', async () => {
    const app = await start({ drainTimeoutMs: 300 });
    const client = await Http2Client.connect(app.process.url);
    const stream = client.open('/one', {}, JSON.stringify({ id: 'unread', replyBytes: REPLY_BYTES }));
    await once(stream, 'response');
    app.process.kill('SIGTERM');
    expect(await app.process.exited).toEqual({ code: 1, signal: null });
    expect(app.process.output).toContain('1 answers had not been read by their clients in time');
  });
});
