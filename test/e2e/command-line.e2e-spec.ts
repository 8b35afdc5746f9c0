import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask } from '../support/post.js';
import { isAlive, childPids } from '../support/processes.js';
import { startApp, startReadyApp, type StartOptions } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const apps: AppProcess[] = [];
afterAll(() => Promise.all(apps.map((app) => app.stop('SIGKILL'))));

/** A program that ends by itself. */
async function run(args: readonly string[], options: StartOptions = {}) {
  const app = await startApp('cli-app', { ...options, args });
  apps.push(app);
  const { code } = await app.exited;
  return { code, stdout: app.stdout, stderr: app.stderr };
}

describe('--help', () => {
  it('should print every flag with its variable and default, start nothing and exit 0', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    expect(stdout[0]).toMatch(/^Usage: node .*\[flags\]/);
    expect(stdout.find((line) => line.includes('--timeout MS'))).toMatch(/MOSEC_TIMEOUT +default 3000/);
    expect(Math.max(...stdout.map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('--version', () => {
  it('should print the version of the package and exit 0', async () => {
    const file = new URL('../../package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: [version], stderr: [] });
  });
});

describe('when a flag or variable cannot be used', () => {
  it('should suggest what an unknown flag was meant to be, and exit 2', async () => {
    const { code, stderr, stdout } = await run(['--prot', '9000']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: [] });
    expect(stderr.join('\n')).toMatch(/"--prot".*--port/);
    expect(stderr.join('\n')).not.toContain('    at ');
  });

  it('should say what is accepted instead of a bad value, and exit 2', async () => {
    const { code, stderr } = await run(['--timeout', 'soon']);
    expect(code).toBe(2);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/"?--timeout"?.*"soon".*whole number of milliseconds/);
  });

  it('should name the variable that holds a bad value, and exit 2', async () => {
    const { code, stderr } = await run([], { env: { MOSEC_CAPACITY: '-1' } });
    expect(code).toBe(2);
    expect(stderr.join('\n')).toMatch(/MOSEC_CAPACITY.*"-1"/);
  });
});

describe('when an option is given in several places', () => {
  const prefix = async (options: StartOptions): Promise<string | undefined> => {
    const app = await startApp('cli-app', options);
    apps.push(app);
    await app.waitListening();
    const { text } = await ask(`${app.url}/metrics`);
    await app.stop('SIGKILL');
    return /^# TYPE (\w+)_remaining_task/m.exec(text)?.[1];
  };

  it('should take the flag before the variable before forRoot', async () => {
    const env = { MOSEC_NAMESPACE: 'from_variable' };
    expect(await prefix({})).toBe('from_root');
    expect(await prefix({ env })).toBe('from_variable');
    expect(await prefix({ env, args: ['--namespace', 'from_flag'] })).toBe('from_flag');
  });
});

describe('when the port is taken', () => {
  let other: Server;
  beforeAll(async () => {
    other = createServer().listen(0, '0.0.0.0');
    await once(other, 'listening');
  });
  afterAll(() => other.close());

  it('should say so in one line without a stack, exit 1, and leave no worker', async () => {
    const { port } = other.address() as AddressInfo;
    const app = await startApp('cli-app', { port, args: ['--log-level', 'error'] });
    apps.push(app);
    const workers = new Set<number>();
    const look = setInterval(() => childPids(app.pid).forEach((pid) => workers.add(pid)), 20);
    expect((await app.exited).code).toBe(1);
    clearInterval(look);
    expect(app.lines).toEqual([`0.0.0.0:${port} is in use: stop what listens there, or choose another --port.`]);
    await waitFor(() => [...workers].every((pid) => !isAlive(pid)), { what: 'the workers to end' });
  });
});

describe('--dry-run', () => {
  it('should print a result size per example and the warm-up times per stage, and exit 0', async () => {
    const { code, stdout } = await run(['--dry-run']);
    expect(code).toBe(0);
    expect(stdout.at(-1)).toBe('dry run passed');
    const results = stdout
      .filter((line) => line.startsWith('dry run {'))
      .map((line) => JSON.parse(line.slice('dry run '.length)) as Record<string, unknown>);
    expect(results).toMatchObject([
      { pipeline: 'WordsPipeline', resultBytes: '["one","two"]'.length },
      { pipeline: 'WordsPipeline', resultBytes: '["three"]'.length },
      { pipeline: 'CountPipeline', resultBytes: 1 },
      { pipeline: 'CountPipeline', resultBytes: 1 },
    ]);
    expect(Object.keys(results[3]?.warmUpMs as object)).toEqual(['Words', 'Count']);
  });

  it('should exit 1 and name the stage and what to add where a first stage has no example', async () => {
    const { code, stderr } = await run(['--dry-run'], { env: { PIPELINES: 'noExample' } });
    expect(code).toBe(1);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/"NoExamplePipeline".*"NoExample" has no example: give the class an "example"/);
  });

  it('should exit 1 and name the stage whose own example fails, and its cause', async () => {
    const { code, stderr } = await run(['--dry-run'], { env: { PIPELINES: 'failing' } });
    expect(code).toBe(1);
    expect(stderr.join('\n')).toMatch(
      /^stage "FailingExample" cannot start: one of its examples failed \(correct .*\): Error: division by zero$/m,
    );
    expect(stderr.join('\n')).not.toContain('mosec.engine.js');
  });

  it('should exit 1 and name the stage that fails on what the stage before it makes of an example', async () => {
    const { code, stderr } = await run(['--dry-run'], { env: { PIPELINES: 'picky' } });
    expect(code).toBe(1);
    expect(stderr.at(-1)).toMatch(
      /"PickyPipeline" .* in stage "Picky": correct the example or the stage. too few words/,
    );
  });
});

describe('when the server starts off a terminal', () => {
  it('should log JSON lines that tell of each stage how its replicas load and become ready', async () => {
    const app = await startReadyApp('cli-app');
    apps.push(app);
    await app.waitForLog('2 of 2 replicas ready');
    const entries = app.stdout.map((line) => JSON.parse(line) as { context: string; message: string; level: string });
    const of = (stage: string): string[] =>
      entries.filter(({ context }) => context === stage).map(({ message }) => message);
    const seconds = /\(load \d+\.\d\d s, warm-up \d+\.\d\d s\)$/;
    expect(of('Words')).toEqual(['1 replica loading', expect.stringMatching(/^1 of 1 replicas ready/)]);
    expect(of('Count')[0]).toBe('2 replicas loading');
    expect(of('Count').slice(1)).toEqual([
      expect.stringMatching(/^1 of 2 replicas ready/),
      expect.stringMatching(/^2 of 2 replicas ready/),
    ]);
    expect(of('Count')[2]).toMatch(seconds);
    expect(app.stderr).toEqual([]);
    await app.stop();
  });

  it('should say nothing from start to stop at the log level error', async () => {
    const app = await startReadyApp('cli-app', { args: ['--log-level', 'error'] });
    apps.push(app);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(app.lines).toEqual([]);
  });
});
