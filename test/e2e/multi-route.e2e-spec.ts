import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { msgpack } from '#libs/codec';
import type { AppProcess } from '../support/app-process.js';
import { ask, post, type Answer } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

const CAPACITY = 8;
const traces = new TraceFolder();
let app: AppProcess;

beforeAll(async () => {
  const args = ['--capacity', String(CAPACITY), '--timeout', '60000'];
  app = await startReadyApp('multi-route', { args, env: traces.env });
});
afterAll(async () => {
  await app?.stop('SIGKILL');
  traces.remove();
});

const send = (path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> =>
  post(`${app.url}${path}`, body, headers);

/** Sends msgpack and reads msgpack. */
async function sendPacked(path: string, value: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.url}${path}`, { method: 'POST', body: msgpack.encode(value), headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { type: response.headers.get('content-type'), value: msgpack.decode(bytes) as Record<string, unknown> };
}

describe('when several routes lead to one stage', () => {
  it('should serve each path of a pipeline, and hand over path parameters', async () => {
    const plain = await send('/describe', { value: 1 });
    const named = await send('/v1/models/cats%20and%20dogs/describe', { value: 2 });
    expect(plain.json).toMatchObject({ value: 1, route: '/describe', params: {} });
    const route = '/v1/models/:name/describe';
    expect(named.json).toMatchObject({ value: 2, route, params: { name: 'cats and dogs' } });
  });

  it('should run all pipelines of the stage in the same worker, and those of a runtime in another', async () => {
    const pids = await Promise.all([
      send('/describe', { value: 1 }).then(({ json }) => json),
      sendPacked('/msgpack', { value: 1 }).then(({ value }) => value),
      send('/second', 'a').then(({ json }) => json),
      send('/own/a', { value: 1 }).then(({ json }) => json),
      sendPacked('/own/b', { value: 1 }).then(({ value }) => value),
    ]);
    const [plain, packed, second, ownA, ownB] = pids.map((answer) => (answer as { pid: number }).pid);
    expect([packed, second]).toEqual([plain, plain]);
    expect(ownB).toBe(ownA);
    expect(ownA).not.toBe(plain);
  });

  it('should take bodies where it is first, and values of any kind where it is second', async () => {
    const [first, second] = await Promise.all([send('/describe', { value: 'a b' }), send('/second', 'a b a')]);
    expect(first.json).toMatchObject({ value: 'a b' });
    expect(second.json).toMatchObject({ value: ['a', 'b'], route: '/second' });
  });
});

describe('when routes name their codecs', () => {
  it('should read and answer in the codec of the package that the route names, whatever its stage names', async () => {
    const answer = await sendPacked('/msgpack', { value: new Uint8Array([1, 2]) });
    expect(answer).toMatchObject({ type: 'application/msgpack', value: { value: Buffer.from([1, 2]) } });
    expect((await send('/msgpack', { value: 1 })).status).toBe(400);
  });

  it('should read and answer in a codec of a user that the stage names too', async () => {
    const answer = await send('/csv', 'a,b\n');
    expect(answer.headers.get('content-type')).toBe('text/csv');
    expect(answer.text).toBe('a,b');
  });

  it('should negotiate among several', async () => {
    const headers = { 'content-type': 'application/msgpack', accept: 'application/json' };
    const crossed = await send('/either', msgpack.encode({ value: 3 }), headers);
    expect(crossed.json).toMatchObject({ value: 3 });
    const back = { 'content-type': 'application/json', accept: 'application/msgpack' };
    const response = await fetch(`${app.url}/either`, { method: 'POST', body: '{"value":4}', headers: back });
    expect(msgpack.decode(new Uint8Array(await response.arrayBuffer()))).toMatchObject({ value: 4 });
    expect((await send('/either', 'a', { 'content-type': 'text/csv' })).status).toBe(415);
  });

  it('should publish them', async () => {
    const { json } = await ask(`${app.url}/openapi/metadata.json`);
    type Paths = Record<string, { post: { requestBody: { content: object } } }>;
    const { paths } = json as { paths: Paths };
    const types = (path: string): string[] => Object.keys(paths[path]?.post.requestBody.content ?? {});
    expect(types('/msgpack')).toEqual(['application/msgpack']);
    expect(types('/either')).toEqual(['application/json', 'application/msgpack']);
  });
});

describe('when a route has a guard and limits of its own', () => {
  const headers = { 'x-key': 'open' };

  it('should hold them for that route alone', async () => {
    expect((await send('/strict', { value: 1 })).status).toBe(403);
    expect((await send('/strict', { value: 1 }, headers)).status).toBe(200);
    const long = { value: 'x'.repeat(64) };
    expect((await send('/strict', long, headers)).status).toBe(413);
    expect((await send('/describe', long)).status).toBe(200);
    const slow = { value: 1, waitMs: 500 };
    expect((await send('/strict', slow, headers)).status).toBe(408);
    expect((await send('/describe', slow)).status).toBe(200);
  });
});

describe('when one route floods a stage that others share', () => {
  it('should let the others pass in turn, and refuse none of them for its queue', async () => {
    const held = send('/flood', { id: 'held', until: 'go' });
    await waitFor(() => traces.lines('entered').includes('held'));
    const refused: string[] = [];
    const flood = Array.from({ length: 4 * CAPACITY }, async (_, index) => {
      const answer = await send('/flood', { id: `f${index}` });
      if (answer.status === 429) refused.push(answer.text);
      return answer.status;
    });
    await waitFor(() => refused.length === 3 * CAPACITY);
    const answered: string[] = [];
    const others = ['/trickle', '/alias', '/trickle'].map(async (path, index) => {
      const answer = await send(path, { id: `${path}${index}` });
      answered.push(path);
      return answer.status;
    });
    // Those that wait, the one that runs and those to come.
    await waitFor(async () => (await remaining()) === CAPACITY + 1 + others.length);
    expect(answered).toEqual([]);
    traces.release('go');
    expect(await Promise.all(others)).toEqual([200, 200, 200]);
    const statuses = await Promise.all(flood);
    expect(statuses.filter((status) => status === 200)).toHaveLength(CAPACITY);
    expect((await held).status).toBe(200);
    const [, second = '', third = ''] = traces.lines('batches');
    expect(second.split('+')).toHaveLength(4);
    expect(second.split('+').filter((id) => id.startsWith('f'))).toHaveLength(2);
    expect(second).toContain('/alias1');
    expect(third).toMatch(/\/trickle/);
    expect(refused.every((text) => text.includes('QUEUE_FULL'))).toBe(true);
  });
});

async function remaining(): Promise<number> {
  const { text } = await ask(`${app.url}/metrics`);
  return Number(/^mosec_service_remaining_task (\d+)/m.exec(text)?.[1]);
}
