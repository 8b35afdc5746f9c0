import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { JobClient } from '../support/job-client.js';
import { scrape } from '../support/metrics.js';
import { openApiProblems } from '../support/open-api-problems.js';
import { post } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { startReadyJobs } from '../support/start-jobs.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

const RESULT_TTL_MS = 1_500;
const UUID = /^\/jobs\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const traces = new TraceFolder();
let redis: RedisServer;
let app: AppProcess;
let other: AppProcess;
const client = new JobClient(() => app.url);
const elsewhere = new JobClient(() => other.url);
const entered = (id: string): Promise<unknown> =>
  waitFor(() => traces.lines('entered').includes(id), { what: `"${id}" to be entered` });

beforeAll(async () => {
  redis = await RedisServer.start();
  const jobs = { redis: redis.url, prefix: 'later', concurrency: 2, maxPending: 3 };
  app = await startReadyJobs(traces, { jobs });
  other = await startReadyJobs(traces, { jobs: { ...jobs, resultTtlMs: RESULT_TTL_MS } });
});
afterAll(async () => {
  await Promise.all([app?.stop(), other?.stop()]);
  await redis?.stop();
  traces.remove();
});

describe('when a request asks for an answer later', () => {
  it('should be answered 202 with where to find it', async () => {
    const answer = await client.submit('/work', { id: 'first' }, { prefer: 'wait=5, respond-async' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toMatch(UUID);
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(answer.json).toMatchObject({ state: 'queued', route: '/work' });
  });

  it('should get the same answer as without that, by any of the servers', async () => {
    const location = await client.start('/work/seven', { id: 'same' });
    const job = await elsewhere.until(location, 'succeeded');
    expect(job).toMatchObject({ route: '/work/:name', statusCode: 200, result: `${location}/result` });
    const result = await elsewhere.get(`${location}/result`);
    expect(result.headers.get('content-type')).toBe('application/json');
    expect(result.json).toMatchObject({ id: 'same', tries: 1 });
  });

  it('should get bytes with their media type', async () => {
    const headers = { accept: 'image/x-test', 'content-type': 'application/octet-stream' };
    const location = await client.start('/paint', '40', headers);
    await client.until(location, 'succeeded');
    const response = await fetch(`${app.url}${location}/result`);
    const sync = await fetch(`${app.url}/paint`, { method: 'POST', body: '40', headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe('image/x-test');
    expect(bytes).toHaveLength(40 * 256);
    expect(bytes.equals(Buffer.from(await sync.arrayBuffer()))).toBe(true);
  });

  it('should get the same error as without that', async () => {
    const location = await client.start('/work', {});
    const job = await client.until(location, 'failed');
    const [later, sync] = [await client.get(`${location}/result`), await post(`${app.url}/work`, {})];
    expect(later.status).toBe(422);
    expect(later.headers.get('content-type')).toBe(sync.headers.get('content-type'));
    const { requestId: _, ...body } = later.json as { requestId: string };
    expect(sync.json).toMatchObject(body);
    expect(job.error).toEqual({ statusCode: 422, code: 'VALIDATION', message: (body as { message?: string }).message });
  });

  it('should fail with 408 when it takes too long', async () => {
    const location = await client.start('/work', { id: 'slow', until: 'never' }, { 'x-request-timeout': '150' });
    expect(await client.until(location, 'failed')).toMatchObject({ statusCode: 408, error: { code: 'TIMEOUT' } });
  });

  it('should be answered at once where the route streams', async () => {
    const answer = await client.submit('/count', {});
    expect(answer.status).toBe(200);
    expect(answer.headers.has('preference-applied')).toBe(false);
    expect(answer.text).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  });

  it('should be answered at once where it asks for something else', async () => {
    expect((await client.submit('/work', { id: 'now' }, { prefer: 'x-respond-async, wait=1' })).status).toBe(200);
  });
});

describe('when a route has an interceptor', () => {
  it('should show it the job, and leave the result as it is', async () => {
    const answer = await client.submit('/wrapped', { id: 'inside' });
    expect(answer).toMatchObject({ status: 202, json: { wrapped: { state: 'queued' } } });
    const location = answer.headers.get('location') ?? '';
    await client.until(location, 'succeeded');
    expect((await client.get(`${location}/result`)).json).toEqual({ id: 'inside' });
    const sync = await post(`${app.url}/wrapped`, { id: 'inside' });
    expect(sync).toMatchObject({ status: 200, json: { wrapped: { id: 'inside' } } });
  });
});

describe('when a route is always asynchronous', () => {
  it('should answer 202 to a request that does not ask for it', async () => {
    const answer = await post(`${app.url}/always`, { id: 'always' });
    expect(answer.status).toBe(202);
    expect(answer.headers.has('preference-applied')).toBe(false);
    await client.until(answer.headers.get('location') ?? '', 'succeeded');
  });
});

describe('when the OpenAPI document is read', () => {
  it('should tell of the job routes, and of the answers that come later', async () => {
    const document = (await client.get('/openapi/metadata.json')).json as OpenAPIObject;
    expect(openApiProblems(document as never)).toEqual([]);
    const statuses = (path: string): string[] => Object.keys(document.paths[path]?.post?.responses ?? {});
    expect(statuses('/work')).toEqual(expect.arrayContaining(['200', '202']));
    expect(statuses('/always')).not.toContain('200');
    expect(statuses('/count')).not.toContain('202');
    const named = (path: string): string[] =>
      (document.paths[path]?.post?.parameters ?? []).map((parameter) => (parameter as { name: string }).name);
    expect(named('/work')).toEqual(expect.arrayContaining(['Prefer', 'Idempotency-Key', 'Webhook-Url']));
    expect(named('/count')).not.toContain('Prefer');
    expect(Object.keys(document.paths).filter((path) => path.startsWith('/jobs'))).toEqual([
      '/jobs/{id}',
      '/jobs/{id}/result',
      '/jobs/{id}/events',
    ]);
    expect(document.components?.schemas).toHaveProperty('MosecJob');
  });
});

describe('when a job runs', () => {
  it('should tell its progress, and every listener each change up to the end', async () => {
    const location = await client.start('/work', { id: 'watched', until: 'watched-go' });
    await entered('watched');
    const job = await client.until(location, 'running');
    expect(job.progress).toEqual({ stage: 'Work', index: 1, count: 2 });
    expect((await client.get(`${location}/result`)).status).toBe(202);
    const streams = [client, client, elsewhere].map((each) => each.events(location));
    await waitFor(async () => (await listeners()) === 2, { what: 'one subscription for each process' });
    traces.release('watched-go');
    for (const events of await Promise.all(streams)) {
      expect(events.map(({ state }) => state)).toEqual(['running', 'succeeded']);
      expect(events[0]).toEqual(job);
    }
    expect(await client.events(location)).toHaveLength(1);
    await waitFor(async () => (await listeners()) === 0, { what: 'no subscription any more' });
  });

  const listeners = async (): Promise<number> => {
    const channels = (await redis.client.pubsub('CHANNELS', 'later:changes:*')) as string[];
    if (channels.length === 0) return 0;
    const [, count] = (await redis.client.pubsub('NUMSUB', ...channels)) as [string, number];
    return Number(count);
  };

  it('should be cancelled wherever it runs', async () => {
    const location = await client.start('/work', { id: 'dropped', until: 'never' });
    await entered('dropped');
    const events = client.events(location);
    const answers = await Promise.all([client.remove(location), elsewhere.remove(location)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, json: { state: 'cancelled' } });
    await waitFor(() => traces.lines('aborted').includes('dropped'), { what: 'the stage to see its signal' });
    expect((await events).at(-1)?.state).toBe('cancelled');
  });
});

describe('when a job waits', () => {
  it('should be cancelled before it is begun, and refuse what is too much', async () => {
    const locations: string[] = [];
    for (const id of ['b1', 'b2', 'b3', 'b4']) {
      const location = await client.start('/work', { id, until: 'unblock' });
      await client.until(location, 'running');
      locations.push(location);
    }
    const waiting = await client.start('/work', { id: 'waiting' });
    expect((await client.job(waiting)).state).toBe('queued');
    expect((await client.remove(waiting)).json).toMatchObject({ state: 'cancelled' });
    expect(await client.get(`${waiting}/result`)).toMatchObject({ status: 410 });

    await Promise.all(['w1', 'w2', 'w3'].map((id) => client.start('/work', { id })));
    const refused = await client.submit('/work', { id: 'w4' });
    expect(refused).toMatchObject({ status: 429, json: { code: 'QUEUE_FULL' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_jobs_waiting', { route: '/work' }) === 3, {
      what: 'the metrics to tell how many wait',
    });
    traces.release('unblock');
    await Promise.all(locations.map((location) => client.until(location, 'succeeded')));
    await waitFor(() => traces.lines('entered').includes('w3'));
    expect(traces.lines('entered')).not.toContain('waiting');
    expect(traces.lines('entered')).not.toContain('w4');
  });
});

describe('when a request brings an Idempotency-Key', () => {
  it('should be one job, also of many at the same time and at several servers', async () => {
    const headers = { 'idempotency-key': '"one"' };
    const sent = Array.from({ length: 12 }, (_, i) =>
      (i % 2 ? client : elsewhere).start('/work', { id: 'once' }, headers),
    );
    const [first = '', ...others] = await Promise.all(sent);
    expect(new Set(others)).toEqual(new Set([first]));
    await client.until(first, 'succeeded');
    expect(await client.start('/work', { id: 'once' }, headers)).toBe(first);
    expect(traces.lines('entered').filter((id) => id === 'once')).toHaveLength(1);
  });

  it('should be refused with another body, and be another job on another route', async () => {
    const headers = { 'idempotency-key': 'two' };
    const location = await client.start('/work', { id: 'x' }, headers);
    expect(await client.submit('/work', { id: 'y' }, headers)).toMatchObject({
      status: 422,
      json: { code: 'IDEMPOTENCY_MISMATCH' },
    });
    expect(await client.start('/always', { id: 'y' }, headers)).not.toBe(location);
  });
});

describe('when a job is over', () => {
  it('should be removed by DELETE, with its key, and not be found any more', async () => {
    const headers = { 'idempotency-key': 'three' };
    const location = await client.start('/work', { id: 'removed' }, headers);
    await client.until(location, 'succeeded');
    expect((await client.remove(location)).status).toBe(204);
    for (const path of [location, `${location}/result`, `${location}/events`]) {
      expect(await client.get(path)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    }
    expect(await client.start('/work', { id: 'removed' }, headers)).not.toBe(location);
  });

  it('should not be found by an id that is none', async () => {
    for (const id of ['x', '*', '00000000-0000-4000-8000-000000000000']) {
      expect(await client.get(`/jobs/${id}`)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    }
  });

  it('should leave nothing in Redis once its time is over', async () => {
    await app.stop();
    for (const key of await redis.keys())
      if (key.includes(':job:') || key.includes(':known:')) await redis.client.del(key);
    const before = (await redis.keys()).filter(isOfQueue).sort();
    const done = await elsewhere.start('/work', { id: 'short' }, { 'idempotency-key': 'short' });
    const failed = await elsewhere.start('/work', {});
    const cancelled = await elsewhere.start('/work', { id: 'cut', until: 'never' });
    await elsewhere.until(done, 'succeeded');
    await elsewhere.until(failed, 'failed');
    await entered('cut');
    await elsewhere.remove(cancelled);
    await waitFor(async () => (await redis.keys()).filter(isOfQueue).sort().join() === before.join(), {
      what: 'no key to be left',
    });
    expect(await elsewhere.get(done)).toMatchObject({ status: 404 });
  });

  /** The rest are lists and counters of BullMQ, as many as there are queues. */
  const isOfQueue = (key: string): boolean => !/:stalled-check$|:stalled$|:marker$/.test(key);
});
