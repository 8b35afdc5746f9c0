import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** More than the buffers of the kernel hold. */
const REPLY_BYTES = 40_000_000;
const traces = new TraceFolder();
const apps: WorkApp[] = [];

afterAll(async () => {
  await Promise.all(apps.map(({ process }) => process.stop('SIGKILL')));
  traces.remove();
});

/** A server that has begun to stop while a client has read only the beginning of its answer. */
async function stopWhileAnswering(drainTimeoutMs: number): Promise<{ app: WorkApp; client: Socket }> {
  const options = { timeoutMs: 60_000, drainTimeoutMs, killGraceMs: 300 };
  const app = await startReadyWork(traces, { options, routes: { '/one': {} } });
  apps.push(app);
  const client = connect(app.process.port, '127.0.0.1');
  const body = JSON.stringify({ id: 'large', replyBytes: REPLY_BYTES });
  client.on('error', () => undefined);
  client.write(`POST /one HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await once(client, 'data');
  client.pause();
  app.process.kill('SIGTERM');
  await waitFor(async () => (await ask(`${app.process.url}/readyz`)).status === 503);
  return { app, client };
}

describe('when a client is still reading its answer while the server stops', () => {
  it('should get it whole, and not be waited for once it has it', async () => {
    const { app, client } = await stopWhileAnswering(50_000);
    let received = 0;
    client.on('data', (chunk: Buffer) => (received += chunk.length));
    const resumed = performance.now();
    client.resume();
    expect(await app.process.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - resumed).toBeLessThan(20_000);
    await waitFor(() => client.destroyed);
    expect(received).toBeGreaterThan(REPLY_BYTES - 70_000);
  });

  it('should be cut off after the drain timeout, and the server end with 1', async () => {
    const { app } = await stopWhileAnswering(300);
    expect(await app.process.exited).toEqual({ code: 1, signal: null });
    expect(app.process.output).toContain('1 answers had not been read by their clients in time');
  });
});
