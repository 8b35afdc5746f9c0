import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask, post } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { startApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

interface Description {
  name: string;
  pid: number;
  stage: string;
  workerId: number;
  store: string;
  provided: string;
  execArgv: string[];
  env: Record<string, string | undefined>;
}

const traces = new TraceFolder();
let app: AppProcess;

async function describeOne(name: string): Promise<Description> {
  const { status, json, text } = await post(`${app.url}/describe`, { name });
  expect(status, text).toBe(200);
  return json as Description;
}

/** One answer of each of the two replicas, by worker id. */
async function describeEach(): Promise<[Description, Description]> {
  const seen = new Map<number, Description>();
  await waitFor(async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(describeOne));
    for (const answer of answers) seen.set(answer.workerId, answer);
    return seen.size === 2;
  });
  return [seen.get(1) as Description, seen.get(2) as Description];
}

/** Lets the warm-up of the stage end. */
async function becomeReady(): Promise<void> {
  traces.release('warm-up-may-end');
  await app.waitReady();
}

const messagesOf = (context: string): string[] =>
  app.stdout
    .map((line) => JSON.parse(line) as { context: string; message: string })
    .filter((entry) => entry.context === context)
    .map(({ message }) => message);

beforeAll(async () => {
  const execArgv = ['--inspect=0', '--max-old-space-size=300'];
  app = await startApp('worker-di', { env: traces.env, execArgv, args: ['--log-level', 'debug'] });
});
afterAll(async () => {
  await app?.stop();
  traces.remove();
});

describe('while the examples of a stage run', () => {
  it('should answer /readyz 503 with the stage that is not ready, until they are done', async () => {
    await waitFor(() => traces.lines('constructed').length === 2);
    await app.waitForLog('1 of 1 replicas ready');
    const loading = await ask(`${app.url}/readyz`);
    expect(loading.status).toBe(503);
    expect(loading.json).toMatchObject({ reason: 'no replica is ready of stage Describe' });
    await becomeReady();
    expect(traces.lines('described')).toContain('example');
  });

  it('should have run multiExamples of a batch stage as batches', () => {
    expect(traces.lines('prepared')).toEqual(['first', 'second+third']);
  });
});

describe('when a stage runs in a worker', () => {
  beforeAll(becomeReady);

  it('should be constructed there with its imports, providers and WorkerContext, once per replica', async () => {
    const answers = await describeEach();
    for (const [index, answer] of answers.entries()) {
      const workerId = index + 1;
      expect(answer).toMatchObject({
        stage: 'Describe',
        workerId,
        replicas: 2,
        store: `store of Describe#${workerId}`,
      });
      expect(answer.provided).toBe('worker');
    }
    expect(answers[0].pid).not.toBe(answers[1].pid);
  });

  it('should never be constructed in the gateway', async () => {
    const answers = await describeEach();
    const constructed = traces.lines('constructed').map(Number).sort();
    expect(constructed).toEqual(answers.map(({ pid }) => pid).sort());
    expect(constructed).not.toContain(app.pid);
    expect((await ask(`${app.url}/gateway`)).json).toMatchObject({ pid: app.pid });
  });

  it('should see the variables of its own replica, which leak neither to its sibling nor to the gateway', async () => {
    const [first, second] = await describeEach();
    expect(first.env).toEqual({ SECRET: 'one', ONLY_FIRST: 'yes', MOSEC_WORKER: '1' });
    expect(second.env).toEqual({ SECRET: 'two', MOSEC_WORKER: '1' });
    expect((await ask(`${app.url}/gateway`)).json).toMatchObject({ env: {} });
  });

  it('should inherit the options of Node without those of the inspector', async () => {
    expect((await ask(`${app.url}/gateway`)).json).toMatchObject({
      execArgv: ['--inspect=0', '--max-old-space-size=300'],
    });
    for (const { execArgv } of await describeEach()) expect(execArgv).toEqual(['--max-old-space-size=300']);
  });

  it('should have its output in the log of the gateway, line by line, under its stage and worker id', async () => {
    await app.waitForLog('a complaint of 1');
    await app.waitForLog('a complaint of 2');
    for (const workerId of [1, 2]) {
      const messages = messagesOf(`Describe#${workerId}`);
      for (const text of ['first line of', 'second line of', 'a complaint of']) {
        expect(messages).toContain(`${text} ${workerId}`);
      }
    }
  });

  it('should log at the level of the server', () => {
    expect(messagesOf('Describe#1')).toEqual(expect.arrayContaining(['fine detail', 'plain fact']));
  });
});

describe('when the server stops', () => {
  beforeAll(becomeReady);

  it('should run onModuleDestroy of a provider in every worker, after the signal of its context', async () => {
    const pids = (await describeEach()).map(({ pid }) => pid);
    const children = childPids(app.pid);
    expect(children).toEqual(expect.arrayContaining(pids));
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(traces.lines('destroyed').map(Number).sort()).toEqual([...pids].sort());
    expect(children.filter(isAlive)).toEqual([]);
  });
});

describe('when the log level is warning', () => {
  let quiet: AppProcess;
  beforeAll(async () => {
    traces.release('warm-up-may-end');
    quiet = await startApp('worker-di', { env: traces.env, args: ['--log-level', 'warning'] });
    await quiet.waitReady();
  });
  afterAll(() => quiet?.stop('SIGKILL'));

  it('should reach the workers', async () => {
    await quiet.stop();
    expect(quiet.output).toContain('a complaint of 1');
    expect(quiet.output).not.toMatch(/fine detail|plain fact/);
  });
});
