import { afterAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const traces = new TraceFolder();
const apps: WorkApp[] = [];

const LOOP = 'echo $$ >> "$TRACE_FOLDER/$0"; echo "$0 is here"; while [ ! -e "$TRACE_FOLDER/$0-may-end" ]; do';
/** Runs until a file is there, then fails. `$0` is its name. */
const script = `${LOOP} sleep 0.05; done; echo "$0 gives up" >&2; exit 3`;
const stubborn = `trap '' TERM; ${script}`;

/** A server with one stage and a daemon, which has started. */
async function startWith(name: string, text = script, killGraceMs = 1_000): Promise<{ app: WorkApp; daemon: number }> {
  const daemons = [{ name, command: '/bin/sh', args: ['-c', text, name] }];
  const app = await startReadyWork(traces, { options: { daemons, killGraceMs }, routes: { '/one': {} } });
  apps.push(app);
  const [pid] = await waitFor(() => traces.lines(name).length > 0 && traces.lines(name));
  return { app, daemon: Number(pid) };
}

const gone = (pids: readonly number[]) => waitFor(() => !pids.some(isAlive), { what: `${pids.join()} to be gone` });

const unready = (app: WorkApp) =>
  waitFor(async () => (await ask(`${app.process.url}/readyz`)).status === 503, { what: 'the server to be unready' });

afterAll(async () => {
  await Promise.all(apps.map(({ process }) => process.stop('SIGKILL')));
  traces.remove();
});

describe('when a server has a daemon', () => {
  it('should start it before the stages, forward its output, and stop it with the server', async () => {
    const { app, daemon } = await startWith('helper');
    const line = JSON.parse(await app.process.waitForLog('helper is here')) as { context: string };
    expect(line.context).toBe('helper');
    const at = (text: string): number => app.process.lines.findIndex((one) => one.includes(text));
    expect(at('daemon started: /bin/sh')).toBeGreaterThanOrEqual(0);
    expect(at('daemon started: /bin/sh')).toBeLessThan(at('1 replica loading'));
    const children = childPids(app.process.pid);
    expect(await app.process.stop()).toEqual({ code: 0, signal: null });
    await gone([daemon, ...children]);
  });

  it('should kill it at the stop when it does not end by itself', async () => {
    const { app, daemon } = await startWith('stubborn', stubborn, 200);
    expect(await app.process.stop()).toEqual({ code: 0, signal: null });
    await gone([daemon]);
  });
});

describe('when a daemon ends by itself', () => {
  it('should stop the server with its reason and a failure, and let what is inside finish', async () => {
    const { app } = await startWith('weak');
    const inside = app.order('/one', { id: 'inside', until: 'inside-may-end' });
    await waitFor(() => app.entered('inside'));
    const children = childPids(app.process.pid);
    traces.release('weak-may-end');
    await unready(app);
    expect((await app.order('/one', { id: 'late' })).status).toBe(503);
    traces.release('inside-may-end');
    expect((await inside).status).toBe(200);
    expect(await app.process.exited).toEqual({ code: 1, signal: null });
    expect(app.process.stderr.join('\n')).toContain('daemon "weak" ended: exited with code 3');
    expect(app.process.output).toContain('weak gives up');
    await gone(children);
  });
});

describe('when the gateway is killed', () => {
  it.each([
    ['orphan', script],
    ['stubborn-orphan', stubborn],
  ])('should take the daemon with it: %s', async (name, text) => {
    const { app, daemon } = await startWith(name, text);
    const children = childPids(app.process.pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    await app.process.stop('SIGKILL');
    await gone([daemon, ...children]);
  });
});

describe('when a second signal comes', () => {
  it('should stop at once with 1, and leave no process', async () => {
    const { app, daemon } = await startWith('impatient');
    const inside = app.order('/one', { id: 'endless', until: 'never', deaf: true }).catch(() => 'connection lost');
    await waitFor(() => app.entered('endless'));
    const children = childPids(app.process.pid);
    app.process.kill('SIGTERM');
    await unready(app);
    app.process.kill('SIGINT');
    expect(await app.process.exited).toEqual({ code: 1, signal: null });
    expect(await inside).toBe('connection lost');
    expect(app.process.stderr.join('\n')).toContain('second signal (SIGINT): stopping at once');
    await gone([daemon, ...children]);
  });
});
