import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, WebhookMessage } from 'nestjs-mosec';
import type { AppProcess } from '../support/app-process.js';
import { JobClient } from '../support/job-client.js';
import { scrape } from '../support/metrics.js';
import { ask } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { startReadyJobs } from '../support/start-jobs.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';
import { isSigned, WebhookReceiver } from '../support/webhook-receiver.js';

const SECRET = `whsec_${Buffer.from('a secret of more than 24 bytes').toString('base64')}`;
const MOST_SECONDS_APART = 60;

const traces = new TraceFolder();
let redis: RedisServer;
let receiver: WebhookReceiver;
let app: AppProcess;
const client = new JobClient(() => app.url);
const finished = async (body: unknown, path = '/hook'): Promise<string> => {
  const location = await client.start('/work', body, { 'webhook-url': `${receiver.url}${path}` });
  return location.slice('/jobs/'.length);
};
const received = (count: number): Promise<unknown> =>
  waitFor(() => receiver.messages.length >= count, { what: `${count} messages` });
const letters = async (): Promise<DeadLetter[]> => (await ask(`${app.url}/letters`)).json as DeadLetter[];

beforeAll(async () => {
  redis = await RedisServer.start();
  receiver = await WebhookReceiver.start();
  const target = { allow: ['127.0.0.1:*', 'localhost:*'], allowPrivate: ['127.0.0.0/8'], allowHttp: true };
  const webhook = { secret: SECRET, ...target, attempts: 3, backoffMs: 40 };
  app = await startReadyJobs(traces, { jobs: { redis: redis.url, webhook } });
});
afterAll(async () => {
  await app?.stop();
  await receiver?.stop();
  await redis?.stop();
  traces.remove();
});
beforeEach(() => {
  receiver.messages.length = 0;
  receiver.statuses.length = 0;
});

describe('when a job has ended that names a webhook', () => {
  it('should tell it once, signed, after as many tries as it takes', async () => {
    receiver.statuses.push(500, 302);
    const id = await finished({ id: 'told' });
    await received(3);
    const [first, second, third] = receiver.messages;
    const message = JSON.parse(third?.body ?? '') as WebhookMessage;
    expect(message).toMatchObject({ type: 'job.succeeded', data: { id, state: 'succeeded', statusCode: 200 } });
    expect(message.timestamp).toBe(message.data.finishedAt);
    expect(new Set(receiver.messages.map(({ body }) => body)).size).toBe(1);
    for (const each of [first, second, third]) {
      expect(each).toMatchObject({ path: '/hook', headers: { 'webhook-id': id } });
      expect(isSigned(each as never, SECRET)).toBe(true);
      expect(Math.abs(Number(each?.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(MOST_SECONDS_APART);
    }
    const metrics = (): Promise<number> =>
      scrape(app.url).then(({ sum }) => sum('mosec_service_jobs_webhook_deliveries_total', { outcome: 'delivered' }));
    await waitFor(async () => (await metrics()) === 1, { what: 'the delivery to be counted' });
    expect(receiver.messages).toHaveLength(3);
    expect(await letters()).toEqual([]);
  });

  it('should tell of failures, and of cancels', async () => {
    await finished({});
    await received(1);
    const running = await finished({ id: 'cut', until: 'never' });
    await client.remove(`/jobs/${running}`);
    await received(2);
    const types = receiver.messages.map(({ body }) => (JSON.parse(body) as WebhookMessage).type);
    expect(types).toEqual(['job.failed', 'job.cancelled']);
  });

  it('should keep what cannot be delivered, and deliver it again when asked to', async () => {
    receiver.statuses.push(500, 500, 503);
    const id = await finished({ id: 'dead' });
    const [letter] = await waitFor(async () => {
      const all = await letters();
      return all.length === 1 && all;
    });
    expect(letter).toMatchObject({ id, attempts: 3, reason: 'the receiver answered 503', url: `${receiver.url}/hook` });
    expect(letter?.payload).toBe(receiver.messages[0]?.body);
    await app.waitForLog(`the webhook of job ${id} was given up after 3 tries`);
    expect((await ask(`${app.url}/letters/${id}`, { method: 'POST' })).status).toBe(204);
    await received(4);
    expect(isSigned(receiver.messages[3] as never, SECRET)).toBe(true);
    await waitFor(async () => (await letters()).length === 0, { what: 'no letter to be left' });
    expect((await ask(`${app.url}/letters/${id}`, { method: 'POST' })).status).toBe(404);
  });

  it('should not try again where the receiver wants no more', async () => {
    receiver.statuses.push(410);
    const id = await finished({ id: 'gone' });
    await waitFor(async () => (await letters()).some((letter) => letter.id === id));
    expect(receiver.messages).toHaveLength(1);
  });
});

describe('when a webhook may not be called', () => {
  it.each([
    ['http://127.0.0.2.nip.invalid/', 'is not allowed'],
    ['http://user:word@127.0.0.1:9/', 'it holds a user or a password'],
    ['ftp://127.0.0.1/', 'it is not https'],
    ['not a url', 'it is no URL'],
  ])('should refuse the job: %s', async (url, why) => {
    const answer = await client.submit('/work', { id: 'refused' }, { 'webhook-url': url });
    expect(answer).toMatchObject({ status: 422, json: { code: 'WEBHOOK_REFUSED' } });
    expect(answer.text).toContain(why);
    expect(traces.lines('entered')).not.toContain('refused');
  });
});

describe('when ranges are left as they are', () => {
  let strict: AppProcess;
  beforeAll(async () => {
    const webhook = { secret: SECRET, allow: ['*:*'], allowHttp: true };
    strict = await startReadyJobs(traces, { jobs: { redis: redis.url, prefix: 'strict', webhook } });
  });
  afterAll(() => strict?.stop());

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '169.254.169.254', '10.0.0.1'])(
    'should call no private address: %s',
    async (host) => {
      const { port } = new URL(receiver.url);
      const headers = { 'webhook-url': `http://${host}:${port}/hook` };
      const answer = await new JobClient(() => strict.url).submit('/work', { id: 'private' }, headers);
      expect(answer).toMatchObject({ status: 422, json: { code: 'WEBHOOK_REFUSED' } });
      expect(answer.text).toContain('has an address that is not public');
      expect(receiver.messages).toEqual([]);
    },
  );
});

describe('when jobs have owners', () => {
  it.each(['owner', 'guard'] as const)('should be found by their owners alone: %s', async (access) => {
    const started = await startReadyJobs(traces, { access, jobs: { redis: redis.url, prefix: access } });
    try {
      const as = (user?: string): JobClient => new JobClient(() => started.url, user ? { 'x-user': user } : {});
      const location = await as('ann').start('/work', { id: access, until: `${access}-go` });
      const unknown = await as('ben').get('/jobs/00000000-0000-4000-8000-000000000000');
      for (const stranger of [as('ben'), as()]) {
        for (const path of [location, `${location}/result`, `${location}/events`]) {
          const { requestId: _, ...body } = (await stranger.get(path)).json as { requestId: string };
          expect(unknown.json).toMatchObject(body);
        }
        expect((await stranger.remove(location)).status).toBe(404);
      }
      expect((await as('admin').get(location)).status).toBe(access === 'guard' ? 200 : 404);
      traces.release(`${access}-go`);
      const job = await as('ann').until(location, 'succeeded');
      expect(job).not.toHaveProperty('owner');
      expect((await as('ann').get(`${location}/result`)).status).toBe(200);
      const key = { 'idempotency-key': 'shared' };
      const [ann, ben] = [as('ann'), as('ben')].map((user) => user.start('/work', { id: 'own' }, key));
      expect(await ann).not.toBe(await ben);
    } finally {
      await started.stop();
    }
  });

  it('should refuse a webhook where there are none', async () => {
    const started = await startReadyJobs(traces, { jobs: { redis: redis.url, prefix: 'none' } });
    const answer = await new JobClient(() => started.url).submit('/work', {}, { 'webhook-url': receiver.url });
    await started.stop();
    expect(answer).toMatchObject({ status: 422, json: { code: 'WEBHOOK_REFUSED' } });
  });
});
