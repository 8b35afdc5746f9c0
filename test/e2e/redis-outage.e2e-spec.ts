import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { ask, post, type Answer } from '../support/post.js';
import { RedisServer, type RedisServerOptions } from '../support/redis-server.js';
import { startApp, type StartOptions } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});
afterAll(() => traces.remove());

async function startRedis(options?: RedisServerOptions): Promise<RedisServer> {
  const redis = await RedisServer.start(options);
  running.push(redis);
  return redis;
}

const environment = (handOver: object): Record<string, string> => ({
  ...traces.env,
  HAND_OVER: JSON.stringify(handOver),
  ROUTES: '/wish',
});

/** A server with one pipeline of two stages, which may not become ready. */
async function startWith(handOver: object, options: StartOptions = {}): Promise<AppProcess> {
  const app = await startApp('redis-hand-over', { ...options, env: environment(handOver) });
  running.push(app);
  return app;
}

async function startReadyWith(handOver: object, options?: StartOptions): Promise<AppProcess> {
  const app = await startWith(handOver, options);
  await app.waitReady();
  return app;
}

const wish = (app: AppProcess, order: object): Promise<Answer> => post(`${app.url}/wish`, order);
const serves = (app: AppProcess): Promise<unknown> =>
  waitFor(async () => (await wish(app, { bytes: 9 })).status === 200, { what: 'requests to be answered again' });
const reason = async (app: AppProcess): Promise<string> =>
  ((await ask(`${app.url}/readyz`)).json as { reason?: string }).reason ?? '';
const noKeys = (redis: RedisServer): Promise<unknown> =>
  waitFor(async () => (await redis.keys()).length === 0, { what: 'no key in Redis' });
const entered = (id: string): Promise<unknown> =>
  waitFor(() => traces.lines('entered').includes(id), { what: `"${id}" to be entered` });

const UNAVAILABLE = { status: 503, json: { code: 'HANDOVER_UNAVAILABLE' } };

describe('when Redis goes away and comes back', () => {
  let redis: RedisServer;
  let app: AppProcess;
  beforeAll(async () => {
    redis = await RedisServer.start();
    app = await startApp('redis-hand-over', { env: environment({ url: redis.url }) });
    await app.waitReady();
  });
  afterAll(async () => {
    await app?.stop();
    await redis?.stop();
  });

  it('should answer 503 under load while it is killed, be unready by its name, and work again after', async () => {
    const answers: Answer[] = [];
    let done = false;
    const client = async (): Promise<void> => {
      while (!done) answers.push(await wish(app, { bytes: 100_000 }));
    };
    const load = Promise.all(Array.from({ length: 12 }, client));
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_redis_values_total') > 50);
    await redis.kill();
    await waitFor(() => answers.some(({ status }) => status === 503));
    await waitFor(async () => (await reason(app)).includes(`no connection to Redis at 127.0.0.1:${redis.port} (`));
    done = true;
    await load;
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 503]);
    for (const answer of answers.filter(({ status }) => status === 503)) expect(answer).toMatchObject(UNAVAILABLE);
    // What needs no Redis goes on.
    expect((await post(`${app.url}/last`, { bytes: 9 })).status).toBe(200);
    await redis.start();
    await app.waitReady();
    await serves(app);
    await noKeys(redis);
  });

  it('should not hang while it is stopped, and work again when it goes on', async () => {
    redis.signal('SIGSTOP');
    expect(await wish(app, { bytes: 9 })).toMatchObject(UNAVAILABLE);
    await waitFor(async () => (await reason(app)).includes('Redis'), { what: 'the server to be unready' });
    redis.signal('SIGCONT');
    await app.waitReady();
    await serves(app);
  });

  it('should refuse values while it is full, without losing the connection', async () => {
    await redis.client.config('SET', 'maxmemory', '1');
    expect(await wish(app, { bytes: 9 })).toMatchObject(UNAVAILABLE);
    await app.waitForLog(/failed with HANDOVER_UNAVAILABLE.*OOM/);
    await redis.client.config('SET', 'maxmemory', '0');
    expect((await wish(app, { bytes: 9 })).status).toBe(200);
    expect(await reason(app)).toBe('');
  });
});

describe('when Redis is not there yet', () => {
  it('should start without it, and serve as soon as it is there', async () => {
    const redis = await startRedis();
    await redis.kill();
    const app = await startWith({ url: redis.url });
    await waitFor(async () => (await reason(app)).includes('ECONNREFUSED'), { what: 'the reason in /readyz' });
    await redis.start();
    await app.waitReady();
    await serves(app);
  });
});

describe('when the server is stopped', () => {
  it('should leave no key, also of requests that the drain timeout cut off', async () => {
    const redis = await startRedis();
    const app = await startReadyWith({ url: redis.url }, { args: ['--drain-timeout', '100'] });
    const cut = wish(app, { second: { id: 'cut', until: 'never', deaf: true }, bytes: 9 });
    await entered('cut');
    expect(await redis.keys()).toHaveLength(1);
    expect((await app.stop()).code).toBe(1);
    expect((await cut).json).toMatchObject({ code: 'DRAINING' });
    expect(await redis.keys()).toEqual([]);
  });

  it('should leave keys to their expiry when it is killed', async () => {
    const redis = await startRedis();
    const app = await startReadyWith({ url: redis.url, ttlMs: 2_000 });
    const cut = wish(app, { second: { id: 'orphan', until: 'never' }, bytes: 9 }).catch(() => undefined);
    await entered('orphan');
    app.kill('SIGKILL');
    await cut;
    await noKeys(redis);
  });
});

describe('with a password and TLS', () => {
  it('should serve, and never print the password', async () => {
    const redis = await startRedis({ password: 'open-sesame', tls: true });
    const app = await startReadyWith({ url: redis.url, options: { tls: { ca: redis.ca } } });
    expect((await wish(app, { bytes: 3_000_000 })).json).toMatchObject({ bytes: 3_000_000 });
    await noKeys(redis);
    await redis.kill();
    await app.waitForLog('no connection to Redis');
    expect(await wish(app, { bytes: 9 })).toMatchObject(UNAVAILABLE);
    expect(app.output).not.toContain('open-sesame');
  });

  it('should be unready with the reason when the certificate is not trusted', async () => {
    const redis = await startRedis({ tls: true });
    const app = await startWith({ url: redis.url });
    const text = await waitFor(async () => {
      const text = await reason(app);
      return text.includes('certificate') && text;
    });
    expect(text).toContain(`no connection to Redis at 127.0.0.1:${redis.port}`);
  });
});

describe('when it cannot work', () => {
  async function startError(handOver: object, options?: StartOptions): Promise<string> {
    const app = await startWith(handOver, options);
    expect(await app.exitCode).toBe(1);
    return app.stderr.at(-1) ?? '';
  }

  it.each([
    ['wrong', ':wrong@', 'WRONGPASS'],
    ['missing', '', 'NOAUTH'],
  ])('should end at start when the password is %s', async (_what, login, code) => {
    const redis = await startRedis({ password: 'open-sesame' });
    const line = await startError({ url: `redis://${login}127.0.0.1:${redis.port}` });
    expect(line).toContain(`Redis at "127.0.0.1:${redis.port}" refuses the login of stage "Prepare" (${code}`);
    expect(line).toContain('correct user and password in the url of its redis()');
  });

  it('should end at start when "ioredis" is not installed', async () => {
    const execArgv = ['--require', fileURLToPath(new URL('../support/no-ioredis.cjs', import.meta.url))];
    expect(await startError({ url: 'redis://127.0.0.1:1' }, { execArgv })).toBe(
      'Stage "Prepare" has an ipc that cannot work: redis() needs the package "ioredis", which cannot be loaded: ' +
        'run npm install ioredis.',
    );
  });

  it('should end at start when the url is none, and not print it', async () => {
    const line = await startError({ url: 'http://user:secret@somewhere' });
    expect(line).toContain('Stage "Prepare" has ipc redis() with a url that is none of a Redis');
    expect(line).not.toContain('secret');
  });
});
