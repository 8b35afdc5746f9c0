import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../fixtures/work/plan.js';
import { startWork } from '../support/start-work.js';
import type { StartOptions } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

vi.setConfig({ testTimeout: 60_000 });

const traces = new TraceFolder();
/** Nobody listens there; it is not asked either. */
const remote = { redis: 'redis://127.0.0.1:1' };
const far: Plan = { options: { remote }, routes: { '/work': { placement: 'remote' } } };
const near: Plan = { routes: { '/work': {} } };
const without = (name: string): StartOptions => ({
  execArgv: ['--require', fileURLToPath(new URL(`../support/no-${name}.cjs`, import.meta.url))],
});
const worker = ['--role', 'worker'];

afterAll(() => traces.remove());

describe('when a remote stage is misused', () => {
  const cases: readonly [what: string, plan: Plan, options: StartOptions, ...said: string[]][] = [
    ['a remote stage without a queue', { routes: far.routes }, {}, 'Stage "Work" has placement "remote"', 'remote: {'],
    ['a worker host without a queue', near, { args: worker }, 'A worker host takes its work from a queue'],
    ['a worker host of unknown stages', far, { args: [...worker, '--stages', 'Nope'] }, '"Nope"', '"Work"'],
    [
      'a worker host of stages that are not remote',
      { ...near, options: { remote } },
      { args: [...worker, '--stages', 'Work'] },
      'Stage "Work" is to run on this worker host',
      'remote.stages',
    ],
    ['stages of a gateway', far, { args: ['--stages', 'Work'] }, '--stages names "Work"', '--role worker'],
    ['a gateway without ioredis', far, without('ioredis'), '"ioredis" cannot be loaded', 'npm install bullmq ioredis'],
    ['a gateway without bullmq', far, without('bullmq'), '"bullmq" cannot be loaded', 'npm install bullmq ioredis'],
    ['a host without bullmq', far, { ...without('bullmq'), args: worker }, '"bullmq" cannot be loaded'],
  ];

  it.each(cases)('should refuse %s, with the cure', async (_what, plan, options, ...said) => {
    const { process } = await startWork(traces, plan, options);
    expect(await process.exitCode).toBeGreaterThan(0);
    for (const text of said) expect(process.output).toContain(text);
    expect(process.output).not.toContain('    at ');
  });
});

describe('when remote stages are tried without a queue', () => {
  it('should start all here for a dry run', async () => {
    const { process } = await startWork(traces, far, { args: ['--dry-run'] });
    await process.exited;
    expect(process.output).toContain('1 of 1 replicas ready');
    // All that is wrong with this one.
    expect(process.output).toContain('its first stage "Work" has no example');
    expect(process.output).not.toContain('Redis');
  });

  it('should need none of the packages where nothing is remote', async () => {
    const app = await startWork(traces, near, without('bullmq'));
    await app.process.waitReady();
    expect((await app.order('/work', { id: 'near' })).status).toBe(200);
    await app.process.stop();
  });
});
