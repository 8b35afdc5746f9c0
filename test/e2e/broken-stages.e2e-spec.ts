import { afterAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { childPids, isAlive } from '../support/processes.js';
import { startApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
const apps: AppProcess[] = [];
afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop('SIGKILL')));
  traces.remove();
});

/** @returns what the program said last, once it has ended with code 1 and left no worker */
async function failure(broken: string, startAttempts = 1): Promise<string> {
  const app = await startApp('worker-broken', {
    env: { ...traces.env, BROKEN: broken, START_ATTEMPTS: String(startAttempts) },
  });
  apps.push(app);
  const workers = new Set<number>();
  const look = setInterval(() => childPids(app.pid).forEach((pid) => workers.add(pid)), 50);
  const { code } = await app.exited;
  clearInterval(look);
  expect(code, app.output).toBe(1);
  expect(workers.size).toBeGreaterThan(0);
  expect([...workers].filter(isAlive)).toEqual([]);
  return app.stderr.join('\n');
}

describe('when a stage cannot start', () => {
  it('should end with the stage and what its constructor threw, after as many starts as startAttempts', async () => {
    const text = await failure('throwing', 3);
    expect(text).toMatch(/stage "Throwing" cannot start: .*weights\.bin is truncated/);
    expect(traces.lines('tried')).toHaveLength(3);
  });

  it('should end with the stage and what its example threw', async () => {
    expect(await failure('example')).toMatch(
      /stage "BadExample" cannot start: one of its examples failed .*the model knows no cats/,
    );
  });

  it('should end with the stage and the error that one of multiExamples got', async () => {
    expect(await failure('examples')).toMatch(
      /stage "BadExamples" cannot start: one of its examples failed .*cats are beyond me/,
    );
  });

  it('should say that a provider of the application is not visible, and where to add it', async () => {
    const text = await failure('unresolved');
    expect(text).toContain('stage "Unresolved" cannot start');
    expect(text).toContain('Settings');
    expect(text).toContain("Modules and providers of the application are not visible in a stage's worker");
    expect(text).toContain('@Stage({ imports: [...], providers: [...] })');
  });

  it('should refuse a request-scoped dependency with the cure', async () => {
    const text = await failure('perRequest');
    expect(text).toContain('Stage "PerRequest" depends on something request-scoped');
    expect(text).toContain('give that provider the default scope');
  });

  it('should name the class that importing its file does not declare, and the cure', async () => {
    const text = await failure('misplaced');
    expect(text).toContain('Stage class "Misplaced" was not registered by importing');
    expect(text).toContain('@Stage({ file: import.meta.url })');
  });
});
