import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/work/order.js';
import { childPids, isAlive } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import { SeededRandom } from '../support/seeded-random.js';
import type { WorkAnswer, WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const CLIENTS = 12;
/** Longest pause of a client between two requests. */
const MOST_PAUSE_MS = 60;
/** Longest that a stage computes. */
const MOST_SPIN_MS = 8;
/** What is slow ends with the next of these ticks, without computing. */
const TICK_MS = 400;
const HOSTS = 3;
/** Between two blows so many requests are answered. */
const ANSWERS_BETWEEN = 60;

type Kind = 'good' | 'no json' | 'hopeless' | 'leaving';
type Blow = 'kill host' | 'stop host' | 'kill worker' | 'stop Redis' | 'drain gateway';

interface Request {
  readonly id: string;
  readonly kind: Kind;
  readonly order: Order;
  answer?: WorkAnswer;
  /** The connection ended without an answer. */
  error?: unknown;
}

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const random = new SeededRandom(seed);
const traces = new TraceFolder();
const requests: Request[] = [];
const hosts: WorkApp[] = [];
const starting: Promise<void>[] = [];
const pids = new Set<number>();
let redis: RedisServer;
let cluster: RemoteCluster;
let gateways: WorkApp[] = [];
let answered = 0;
let isOver = false;
let losses = 0;

const tick = (ahead: number): string => `tick-${Math.floor(Date.now() / TICK_MS) + ahead}`;
const oneOf = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
const startHost = async (): Promise<void> => void hosts.push(await cluster.host());
const noteProcesses = (): void => {
  for (const { process: app } of [...hosts, ...gateways])
    for (const pid of [app.pid, ...childPids(app.pid)]) pids.add(pid);
};

function makeRequest(): Request {
  const kinds: readonly Kind[] = ['no json', 'hopeless', 'leaving'];
  const kind = random.chance(0.15) ? oneOf(kinds) : 'good';
  const id = `r${requests.length}`;
  if (kind === 'hopeless') return { id, kind, order: { id, until: 'never' } };
  const isSlow = random.chance(0.3);
  return { id, kind, order: { id, spinMs: random.below(MOST_SPIN_MS), ...(isSlow && { until: tick(1) }) } };
}

async function send(request: Request, gateway: WorkApp): Promise<void> {
  const { kind, order } = request;
  if (kind === 'leaving') {
    const init = { method: 'POST', body: JSON.stringify(order), signal: AbortSignal.timeout(random.below(30)) };
    return void (await fetch(`${gateway.process.url}/batch`, init).catch(() => undefined));
  }
  try {
    if (kind === 'no json') return void (request.answer = await gateway.order('/batch', '{"id":'));
    const headers: Record<string, string> = kind === 'hopeless' ? { 'X-Request-Timeout': '250' } : {};
    request.answer = await gateway.order('/batch', order, headers);
  } catch (error) {
    request.error = error;
  }
}

/** Sends one request after the other until all is over. */
async function client(): Promise<void> {
  while (!isOver) {
    const request = makeRequest();
    requests.push(request);
    await send(request, oneOf(gateways));
    answered++;
    await delay(random.below(MOST_PAUSE_MS));
  }
}

const blows: Record<Blow, () => Promise<void>> = {
  'kill host': async () => {
    const [host] = hosts.splice(random.below(hosts.length), 1);
    losses++;
    host?.process.kill('SIGKILL');
    starting.push(startHost());
  },
  'stop host': async () => {
    const { process: host } = oneOf(hosts);
    losses++;
    host.kill('SIGSTOP');
    await delay(2_500);
    host.kill('SIGCONT');
  },
  'kill worker': async () => {
    const workers = hosts.flatMap(({ process: host }) => childPids(host.pid));
    losses++;
    if (workers.length > 0) process.kill(oneOf(workers), 'SIGKILL');
  },
  'stop Redis': async () => {
    losses++;
    redis.signal('SIGSTOP');
    await delay(1_500);
    redis.signal('SIGCONT');
  },
  'drain gateway': async () => {
    const [leaving, ...staying] = gateways;
    gateways = staying;
    expect(await leaving?.process.stop()).toEqual({ code: 0, signal: null });
  },
};

function shuffledBlows(): Blow[] {
  const first: Blow[] = ['kill host', 'kill host', 'stop host', 'kill worker', 'kill worker', 'stop Redis'];
  const shuffled = first.map((blow) => ({ blow, place: random.next() })).sort((a, b) => a.place - b.place);
  return [...shuffled.map(({ blow }) => blow), 'drain gateway'];
}

const codeOf = ({ answer }: Request): string | undefined => answer?.report.code;
const isRight = ({ id, kind, answer }: Request): boolean => {
  if (kind === 'good') return answer?.status === 200 && answer.report.id === id;
  if (kind === 'no json') return answer?.status === 400;
  return kind === 'leaving' || answer?.status === 408;
};

beforeAll(async () => {
  redis = await RedisServer.start();
  cluster = new RemoteCluster(redis, traces, {
    options: { timeoutMs: 30_000, killGraceMs: 300 },
    routes: { '/batch': { stage: 'batch', placement: 'remote' } },
  });
  await Promise.all(Array.from({ length: HOSTS }, startHost));
  gateways = await Promise.all([cluster.gateway({}, true), cluster.gateway({}, true)]);
});

afterAll(async () => {
  await cluster?.end();
  await redis?.stop();
  traces.remove();
});

describe(`when hosts, workers, Redis and a gateway fail under load (CHAOS_SEED=${seed})`, () => {
  beforeAll(async () => {
    const ticking = setInterval(() => traces.release(tick(0)), TICK_MS / 2);
    const clients = Array.from({ length: CLIENTS }, client);
    for (const blow of shuffledBlows()) {
      const target = answered + ANSWERS_BETWEEN;
      await waitFor(() => answered >= target, { what: `answers before: ${blow}` });
      noteProcesses();
      await blows[blow]();
    }
    isOver = true;
    await Promise.all([...clients, ...starting]);
    clearInterval(ticking);
    noteProcesses();
  });

  it('should answer every request that was accepted, each with its own result or a documented error', () => {
    expect(requests.length).toBeGreaterThan(400);
    // Who came while a gateway closed its port was not accepted.
    const unanswered = requests.filter(({ answer, error, kind }) => kind !== 'leaving' && !answer && !isRefused(error));
    expect(unanswered).toEqual([]);
    const wrong = requests.filter((request) => request.answer && !isRight(request));
    const unexplained = wrong.filter(
      (request) => !['REMOTE_UNAVAILABLE', 'DRAINING', 'WORKER_CRASHED'].includes(codeOf(request) ?? ''),
    );
    expect(unexplained.map(({ id, kind, answer }) => [id, kind, answer?.status, answer?.text])).toEqual([]);
    // Those alone that were on two hosts that were lost.
    expect(wrong.filter((request) => codeOf(request) === 'WORKER_CRASHED').length).toBeLessThanOrEqual(losses * 2);
    expect(wrong.length).toBeLessThan(requests.length / 3);
  });

  it('should answer nobody with the result of another', () => {
    for (const { id, answer } of requests) if (answer?.status === 200) expect(answer.report.id).toBe(id);
  });

  it('should run few items more than once', () => {
    const ran = traces.lines('entered');
    expect(ran.length - new Set(ran).size).toBeLessThanOrEqual(losses * 16);
  });

  it('should leave nothing in Redis that does not expire', async () => {
    const lasting = async (): Promise<string[]> => {
      const keys = await cluster.itemKeys();
      const lives = await Promise.all(keys.map((key) => redis.client.pttl(key)));
      return keys.filter((_key, index) => lives[index] === -1);
    };
    let left: string[] = [];
    await waitFor(async () => (left = await lasting()).length === 0).catch(() => undefined);
    expect(left).toEqual([]);
  });

  it('should serve as before, and end with all its processes', async () => {
    await waitFor(async () => (await gateways[0]?.order('/batch', { id: 'last' }))?.status === 200);
    const exits = await Promise.all([...gateways, ...hosts].map(({ process: app }) => app.stop()));
    expect(exits).toEqual(exits.map(() => ({ code: 0, signal: null })));
    await waitFor(() => ![...pids].some(isAlive), { what: 'all processes to be gone' });
  });
});

function isRefused(error: unknown): boolean {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { code?: string };
  return code === 'ECONNREFUSED';
}
