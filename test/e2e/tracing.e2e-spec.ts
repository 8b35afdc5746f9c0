import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

interface SpanLine {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parent?: string;
  readonly links: readonly string[];
  readonly events: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code: number; readonly message?: string };
  readonly pid: number;
  readonly threadId: number;
  readonly start: number;
  readonly end: number;
}

const SDK = new URL('../../dist/test/fixtures/tracing/sdk.js', import.meta.url).href;
const WITHOUT = fileURLToPath(new URL('../support/no-opentelemetry.cjs', import.meta.url));
const [UNSET, ERROR] = [0, 2];
const [INTERNAL, SERVER] = [0, 1];
let caller = 0;

/** The header of a client that traces, and its ids. */
function client() {
  const traceId = (++caller).toString(16).padStart(32, 'a');
  const spanId = caller.toString(16).padStart(16, 'b');
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

describe.each(['process', 'thread', 'inline'] as const)(
  'when requests are traced and stages run in %s',
  (execution) => {
    const folder = new TraceFolder();
    let app: AppProcess;

    const spans = (): SpanLine[] => folder.lines('spans').map((line) => JSON.parse(line) as SpanLine);
    const find = async (what: string, matches: (span: SpanLine) => boolean): Promise<SpanLine> => {
      await waitFor(() => spans().some(matches), { what });
      return spans().find(matches)!;
    };
    const ofTrace = (traceId: string, name: string) =>
      find(`${name} of ${traceId}`, (span) => span.traceId === traceId && span.name === name);

    beforeAll(async () => {
      const env = { ...folder.env, EXECUTION: execution, NODE_OPTIONS: `--import ${SDK}` };
      app = await startReadyApp('tracing', { args: ['--tracing'], env });
    });
    afterAll(async () => {
      await app.stop();
      folder.remove();
    });

    it('should nest request, queue, batch, forward and spans of the stage', async () => {
      const { traceId, spanId, headers } = client();
      const answer = await post(`${app.url}/double?unit=m`, 21, { ...headers, 'x-request-id': 'order-1' });
      expect(answer.json).toBe(42);
      const request = await ofTrace(traceId, 'POST /double');
      const [queue, batch, forward, own] = await Promise.all(
        ['queue Double', 'batch Double', 'forward Double', 'multiply'].map((name) => ofTrace(traceId, name)),
      );
      expect(request).toMatchObject({ parent: spanId, kind: SERVER, status: { code: UNSET }, pid: app.pid });
      expect(request.attributes).toMatchObject({
        'http.request.method': 'POST',
        'http.route': '/double',
        'http.response.status_code': 200,
        'url.path': '/double',
        'url.query': 'unit=m',
        'mosec.pipeline': 'DoublePipeline',
        'mosec.request_id': 'order-1',
      });
      expect(queue).toMatchObject({ parent: request.spanId, kind: INTERNAL, attributes: { 'mosec.stage': 'Double' } });
      expect(batch).toMatchObject({ parent: request.spanId, links: [request.spanId] });
      expect(batch?.attributes).toEqual({
        'mosec.stage': 'Double',
        'mosec.worker': 1,
        'mosec.batch.size': 1,
        'mosec.release_reason': 'hold',
      });
      expect(forward).toMatchObject({
        parent: batch?.spanId,
        attributes: { 'mosec.batch.size': 1, 'mosec.worker': 1 },
      });
      expect(own?.parent).toBe(forward?.spanId);
      expect(own?.attributes['traceparents']).toBe(`00-${traceId}-${request.spanId}-01`);
      expect(forward?.pid === app.pid).toBe(execution !== 'process');
      expect(forward?.threadId === 0).toBe(execution !== 'thread');
      const times = [request.start, queue!.start, queue!.end, batch!.start, request.end];
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });

    it('should link the requests of a batch with it, both ways', async () => {
      const clients = [client(), client(), client(), client()];
      await Promise.all(clients.map(({ headers }) => post(`${app.url}/double`, 1, headers)));
      const requests = await Promise.all(clients.map(({ traceId }) => ofTrace(traceId, 'POST /double')));
      const batch = await find('the batch', ({ name, links }) => name === 'batch Double' && links.length === 4);
      expect(batch.links.toSorted()).toEqual(requests.map(({ spanId }) => spanId).toSorted());
      expect(batch.attributes).toMatchObject({ 'mosec.batch.size': 4, 'mosec.release_reason': 'full' });
      const home = requests.find(({ spanId }) => spanId === batch.parent);
      expect(home?.links).toEqual([]);
      for (const request of requests) if (request !== home) expect(request.links).toEqual([batch.spanId]);
      const forwards = spans().filter(({ name, parent }) => name === 'forward Double' && parent === batch.spanId);
      expect(forwards).toHaveLength(1);
    });

    it('should record what fails in forward, there and at the request', async () => {
      const { traceId, headers } = client();
      expect((await post(`${app.url}/double`, 13, headers)).status).toBe(500);
      const request = await ofTrace(traceId, 'POST /double');
      const forward = await ofTrace(traceId, 'forward Double');
      expect(forward).toMatchObject({ status: { code: ERROR, message: 'the model has no 13' } });
      expect(forward.events).toEqual(['the model has no 13']);
      expect(request.status.code).toBe(ERROR);
      expect(request.attributes).toMatchObject({
        'http.response.status_code': 500,
        'error.type': 'INTERNAL',
        'mosec.stage': 'Double',
      });
      const line = JSON.parse(await app.waitForLog(traceId)) as object;
      expect(line).toMatchObject({ traceId, stage: 'Double', worker: 1, code: 'INTERNAL' });
    });

    it('should not call the fault of a client an error', async () => {
      const { traceId, headers } = client();
      expect((await post(`${app.url}/double`, '{', { ...headers, 'content-type': 'application/json' })).status).toBe(
        400,
      );
      const request = await ofTrace(traceId, 'POST /double');
      expect(request.status.code).toBe(UNSET);
      expect(request.attributes).toMatchObject({ 'http.response.status_code': 400, 'error.type': 'DECODING' });
    });

    it('should hold the whole of a stream, with what the generator does', async () => {
      const { traceId, headers } = client();
      const answer = await post(`${app.url}/count`, 3, headers);
      expect(answer.status).toBe(200);
      const request = await ofTrace(traceId, 'POST /count');
      const forward = await ofTrace(traceId, 'forward Count');
      const tokens = spans().filter(({ name, parent }) => name === 'token' && parent === forward.spanId);
      expect(tokens).toHaveLength(3);
      const ended = spans().map(({ spanId }) => spanId);
      expect(ended.indexOf(forward.spanId)).toBeGreaterThan(ended.indexOf(tokens[2]!.spanId));
      expect(request.attributes['http.response.status_code']).toBe(200);
    });

    it('should begin a trace for a call from inside', async () => {
      expect(await (await fetch(`${app.url}/inside`)).text()).toBe('42');
      const call = await find('the call', ({ name }) => name === 'pipeline DoublePipeline');
      expect(call).toMatchObject({ kind: INTERNAL, attributes: { 'mosec.pipeline': 'DoublePipeline' } });
      await ofTrace(call.traceId, 'forward Double');
    });
  },
);

describe('when nothing is to be traced', () => {
  it('should make no span, though there is an SDK', async () => {
    const folder = new TraceFolder();
    const app = await startReadyApp('tracing', { env: { ...folder.env, NODE_OPTIONS: `--import ${SDK}` } });
    const { headers } = client();
    expect((await post(`${app.url}/double`, 1, headers)).status).toBe(200);
    await app.stop();
    expect(folder.lines('spans').filter((line) => !line.includes('"multiply"'))).toEqual([]);
    folder.remove();
  });

  it('should not load the package, which then need not be there', async () => {
    const folder = new TraceFolder();
    const env = { ...folder.env, WORK_PLAN: '{"routes":{"/work":{}}}' };
    const app = await startReadyApp('work', { env, execArgv: ['--require', WITHOUT] });
    expect((await post(`${app.url}/work`, { id: 'a' })).status).toBe(200);
    await app.stop();
    folder.remove();
  });

  it('should refuse to trace without the package, and say what to install', async () => {
    const app = await startApp('work', { args: ['--tracing'], execArgv: ['--require', WITHOUT] });
    expect(await app.exitCode).toBe(1);
    expect(app.output).toContain('run npm install @opentelemetry/api');
  });
});
