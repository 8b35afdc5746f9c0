import { afterAll, describe, expect, it, vi } from 'vitest';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const REPLY_BYTES = 30_000_000;
const traces = new TraceFolder();
let app: WorkApp;

afterAll(async () => {
  await app?.process.stop('SIGKILL');
  traces.remove();
});

describe('when a client still reads its answer while the server stops, and keeps its connection', () => {
  it('should get it whole, and not be waited for afterwards', async () => {
    app = await startReadyWork(traces, { options: { timeoutMs: 60_000 }, routes: { '/one': {} } });
    const client = await RawHttp.connect(app.process.port);
    const body = JSON.stringify({ id: 'large', replyBytes: REPLY_BYTES });
    let received = 0;
    client.socket.on('data', (chunk: Buffer) => (received += chunk.length));
    client.socket.once('data', () => client.socket.pause());
    client.sendHead('POST /one', `Content-Length: ${body.length}`);
    client.send(body);
    await waitFor(() => received > 0);
    app.process.kill('SIGTERM');
    await waitFor(
      () =>
        fetch(app.process.url).then(
          () => false,
          () => true,
        ),
      { what: 'the port to be closed' },
    );
    const resumed = performance.now();
    client.socket.resume();
    await waitFor(() => received > REPLY_BYTES);
    expect(await app.process.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - resumed).toBeLessThan(20_000);
  });
});
