import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { JobClient } from '../support/job-client.js';
import { ask, post } from '../support/post.js';
import { RedisServer, type RedisServerOptions } from '../support/redis-server.js';
import { startJobs, startReadyJobs, type JobsPlan } from '../support/start-jobs.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Locks of dead processes have to expire, and processes start anew.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
const apps: AppProcess[] = [];
let redis: RedisServer;
let app: AppProcess;
const client = new JobClient(() => app.url);
const plan = (more: Partial<JobsPlan['jobs']> = {}): JobsPlan => ({ jobs: { redis: redis.url, ...more } });
const entries = (id: string): number => traces.lines('entered').filter((line) => line === id).length;
const entered = (id: string, times = 1): Promise<unknown> =>
  waitFor(() => entries(id) >= times, { what: `"${id}" to be entered ${times} times` });

async function start(jobs = plan(), options?: Parameters<typeof startReadyJobs>[2]): Promise<AppProcess> {
  apps.push((app = await startReadyJobs(traces, jobs, options)));
  return app;
}
async function startRedis(options?: RedisServerOptions): Promise<void> {
  redis = await RedisServer.start(options);
}

afterEach(async () => {
  await Promise.all(apps.splice(0).map((each) => each.stop('SIGKILL')));
  await redis.stop();
});
afterAll(() => traces.remove());

describe('when every process is killed', () => {
  beforeEach(() => startRedis());

  it('should run again what ran, and run what waited, once there is one again', async () => {
    await start(plan({ concurrency: 1 }));
    const running = await client.start('/work', { id: 'killed', until: 'killed-go' });
    await entered('killed');
    const waiting = await client.start('/work', { id: 'behind' });
    await app.stop('SIGKILL');
    await start(plan({ concurrency: 1 }));
    await entered('killed', 2);
    traces.release('killed-go');
    await client.until(running, 'succeeded');
    await client.until(waiting, 'succeeded');
    expect((await client.get(`${running}/result`)).json).toMatchObject({ id: 'killed', tries: 2 });
    expect(entries('behind')).toBe(1);
  });

  it('should fail a job that has taken two of them down, and no other', async () => {
    await start(plan({ concurrency: 1 }));
    const poison = await client.start('/work', { id: 'poison', until: 'never' });
    const behind = await client.start('/work', { id: 'healthy' });
    for (const times of [1, 2]) {
      await entered('poison', times);
      await app.stop('SIGKILL');
      await start(plan({ concurrency: 1 }));
    }
    const job = await client.until(poison, 'failed');
    expect(job).toMatchObject({ statusCode: 500, error: { code: 'WORKER_CRASHED' } });
    await client.until(behind, 'succeeded');
    expect(entries('poison')).toBe(2);
  });

  it('should have another one take over', async () => {
    const first = await start();
    const location = await client.start('/work', { id: 'taken', until: 'taken-go' });
    await entered('taken');
    await start();
    await first.stop('SIGKILL');
    await entered('taken', 2);
    traces.release('taken-go');
    await client.until(location, 'succeeded');
  });
});

describe('when a process is asked to stop', () => {
  beforeEach(() => startRedis());

  it('should finish what runs, and leave what waits', async () => {
    await start(plan({ concurrency: 1 }));
    const running = await client.start('/work', { id: 'last', until: 'last-go' });
    const waiting = await client.start('/work', { id: 'left' });
    await entered('last');
    const stopped = app.stop('SIGTERM');
    await waitFor(async () => (await ask(`${app.url}/readyz`)).status === 503);
    traces.release('last-go');
    expect((await stopped).code).toBe(0);
    await start();
    expect((await client.job(running)).state).toBe('succeeded');
    await client.until(waiting, 'succeeded');
    expect([entries('last'), entries('left')]).toEqual([1, 1]);
  });

  it('should hand back what does not end in time, for another one to run at once', async () => {
    const jobs = { ...plan(), drainTimeoutMs: 700 };
    await start(jobs);
    const location = await client.start('/work', { id: 'handed', until: 'handed-go' });
    await entered('handed');
    const { code } = await app.stop('SIGTERM');
    expect([code, app.output]).toEqual([0, expect.not.stringContaining('answered 503')]);
    expect(await redis.client.hget(`mosec:job:${location.slice('/jobs/'.length)}`, 'state')).toBe('queued');
    traces.release('handed-go');
    await start(jobs);
    await client.until(location, 'succeeded');
    expect(entries('handed')).toBe(2);
  });

  it('should end the streams of events', async () => {
    await start({ ...plan(), drainTimeoutMs: 700 });
    const location = await client.start('/work', { id: 'streamed', until: 'never' });
    await entered('streamed');
    const events = client.events(location);
    await waitFor(async () => ((await redis.client.pubsub('CHANNELS', 'mosec:changes:*')) as string[]).length === 1);
    await app.stop('SIGTERM');
    expect((await events).at(0)?.state).toBe('running');
  });
});

describe('when Redis is restarted', () => {
  it('should lose no job where it is persistent, and finish those that run meanwhile', async () => {
    await startRedis({ config: ['--appendonly', 'yes', '--appendfsync', 'always'] });
    await start(plan({ concurrency: 1 }));
    const running = await client.start('/work', { id: 'kept', until: 'kept-go' });
    const waiting = await client.start('/work', { id: 'kept-behind' });
    await entered('kept');
    await redis.kill();
    await app.waitForLog('no connection to the Redis of the jobs');
    expect(await ask(`${app.url}/readyz`)).toMatchObject({
      status: 503,
      text: expect.stringContaining('Redis of the jobs') as string,
    });
    for (const answer of [await client.submit('/work', { id: 'no' }), await client.get(running)]) {
      expect(answer).toMatchObject({ status: 503, json: { code: 'JOBS_UNAVAILABLE' } });
    }
    expect((await post(`${app.url}/paint`, '1', { 'content-type': 'application/octet-stream' })).status).toBe(200);
    traces.release('kept-go');
    await redis.start();
    await client.until(running, 'succeeded');
    await client.until(waiting, 'succeeded');
    await app.waitReady();
    expect(await client.start('/work', { id: 'afterwards' })).toBeTruthy();
    expect(entries('kept')).toBe(1);
  });

  it('should know nothing of its jobs where it is not, and go on', async () => {
    await startRedis();
    await start();
    const location = await client.start('/work', { id: 'lost', until: 'lost-go' });
    await entered('lost');
    await redis.kill();
    await redis.start();
    await app.waitReady();
    expect((await client.get(location)).status).toBe(404);
    traces.release('lost-go');
    await client.until(await client.start('/work', { id: 'new' }), 'succeeded');
    expect((await redis.keys()).filter((key) => key.includes(location.slice('/jobs/'.length)))).toEqual([]);
  });
});

describe('when Redis does not answer', () => {
  beforeEach(() => startRedis());

  it('should answer 503 soon, and go on once it does', async () => {
    await start();
    redis.signal('SIGSTOP');
    expect(await client.submit('/work', { id: 'hanging' })).toMatchObject({
      status: 503,
      json: { code: 'JOBS_UNAVAILABLE' },
    });
    redis.signal('SIGCONT');
    const location = await waitFor(() => client.start('/work', { id: 'resumed' }), { what: 'jobs to be taken again' });
    await client.until(location, 'succeeded');
  });

  it('should stop in time', async () => {
    await start({ ...plan(), drainTimeoutMs: 700 });
    await client.start('/work', { id: 'stuck', until: 'never' });
    await entered('stuck');
    redis.signal('SIGSTOP');
    expect((await app.stop('SIGTERM')).signal).toBeNull();
  });

  it('should start without it, and run jobs once it is there', async () => {
    await redis.kill();
    apps.push((app = await startJobs(traces, plan())));
    await app.waitForLog('no connection to the Redis of the jobs');
    await app.waitListening();
    expect((await client.submit('/work', { id: 'early' })).status).toBe(503);
    await redis.start();
    await app.waitReady();
    await client.until(await client.start('/work', { id: 'late' }), 'succeeded');
  });
});

describe('when the jobs cannot work', () => {
  it('should end the start at a wrong password, which is not printed', async () => {
    await startRedis({ password: 'right' });
    const wrong = redis.url.replace(':right@', ':of-somebody-else@');
    apps.push((app = await startJobs(traces, { jobs: { redis: wrong } })));
    expect(await app.exitCode).toBe(1);
    expect(app.output).toContain('refuses the login of forRoot({ jobs })');
    expect(app.output).not.toContain('of-somebody-else');
  });

  it.each([
    [{ redis: 'http://localhost' }, 'forRoot({ jobs }) has no Redis: give its URL'],
    [{ redis: 'redis://localhost', concurrency: 0 }, 'has concurrency "0": give a whole number from 1 to 10000'],
  ])('should say at the start what to correct: %j', async (jobs, text) => {
    await startRedis();
    apps.push((app = await startJobs(traces, { jobs })));
    expect(await app.exitCode).toBe(1);
    expect(app.output).toContain(text);
  });

  it('should say what to install', async () => {
    await startRedis();
    const execArgv = ['--require', new URL('../support/no-ioredis.cjs', import.meta.url).pathname];
    apps.push((app = await startJobs(traces, plan(), { execArgv })));
    expect(await app.exitCode).toBe(1);
    expect(app.output).toContain('needs the packages "bullmq" and "ioredis"');
    expect(app.output).toContain('run npm install bullmq ioredis');
  });
});
