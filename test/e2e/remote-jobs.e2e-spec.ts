import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { JobClient } from '../support/job-client.js';
import { ask } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { startReadyJobs } from '../support/start-jobs.js';
import { TraceFolder } from '../support/trace-folder.js';

describe('when a job goes through a stage on a worker host', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let host: AppProcess;
  let gateway: AppProcess;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const plan = { jobs: { redis: redis.url }, remote: { redis: redis.url, stages: ['Work'] } };
    host = await startReadyJobs(traces, plan, { args: ['--role', 'worker'] });
    gateway = await startReadyJobs(traces, plan);
  });
  afterAll(async () => {
    await Promise.all([gateway?.stop(), host?.stop()]);
    await redis?.stop();
    traces.remove();
  });

  it('should be run by the gateway, which sends its items to the host', async () => {
    const client = new JobClient(() => gateway.url);
    const started = await Promise.all(['a', 'b', 'c', 'd'].map((id) => client.start('/work', { id })));
    for (const location of started) await client.until(location, 'succeeded');
    const result = await client.get(`${started[0]}/result`);
    expect(result.json).toMatchObject({ id: 'a', tries: 1 });
    expect((await ask(`${gateway.url}/metrics`)).text).toMatch(/remote_items_total\{stage="Work"\} 4/);
  });

  it('should not be found on the host, which takes no jobs', async () => {
    expect((await ask(`${host.url}/jobs/1`)).status).toBe(404);
    expect((await ask(`${host.url}/metrics`)).text).not.toContain('jobs_running');
  });
});
