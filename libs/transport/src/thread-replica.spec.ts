import { readdirSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { RecordingListener } from './recording-listener.fixture.js';
import { ThreadReplica, type ThreadSpec } from './thread-replica.js';
import { itemOf, WorkerPrograms } from './worker-program.fixture.js';

const programs = new WorkerPrograms();
const started: ThreadReplica[] = [];
afterEach(() => {
  for (const replica of started.splice(0)) replica.kill();
});
afterAll(() => programs.remove());

function launch(program: string, part?: Partial<ThreadSpec>) {
  const listener = new RecordingListener();
  const replica = new ThreadReplica(programs.spec(program, part), listener);
  started.push(replica);
  return { listener, replica };
}

const FOR_EVER = 'setInterval(() => undefined, 60_000);';

describe('when a worker thread is started', () => {
  it('should be told its stage, with an environment of its own', async () => {
    const { listener, replica } = launch(
      `process.env.CHANGED = 'yes';
       listen(({ body }) => log([JSON.parse(body).className, process.env.SIDE, process.pid]));`,
      { env: { SIDE: 'left' } },
    );
    expect(await listener.until('debug')).toBe(`debug: Echo,left,${process.pid}`);
    expect(process.env).not.toHaveProperty('SIDE');
    expect(process.env).not.toHaveProperty('CHANGED');
    expect(replica.workerId).toBe(7);
  });

  it('should report that it is ready, and what it logs and prints', async () => {
    const { listener } = launch(
      "log('deep'); console.log('out'); console.error('bad\\nworse'); listen(() => ready());",
    );
    await Promise.all(['ready', 'debug: deep', 'info: out', 'warning: worse'].map((event) => listener.until(event)));
    expect(listener.events).toContain('warning: bad');
    expect(listener.details).toMatchObject({ loadMs: 1, warmUpMs: 2 });
  });

  it('should have ended where its entry is missing, with the reason', async () => {
    const { listener } = launch('', { entry: '/no-such-entry.mjs' });
    expect(await listener.until('ended')).toMatch(/^ended: uncaught Error: Cannot find module '\/no-such-entry.mjs'/);
  });

  it('should throw where Node refuses it', () => {
    expect(() => launch('', { entry: 'relative.mjs' })).toThrow(/absolute path or a relative path/);
  });
});

describe('when a batch is sent to a thread', () => {
  it('should arrive in the same bytes as at a process, and its results come back under its number', async () => {
    const { listener, replica } = launch(`
      listen(({ type, count, batch, body }) => {
        if (type === CONTROL) return ready();
        log(count + ' ' + body.toString('latin1', 48));
        begin(batch);
        result(batch, 1, 'no', { status: 1 });
        result(batch, 0, 'yes', { last: true });
      });`);
    await listener.until('ready');
    replica.send(9, [itemOf('a'), itemOf('b')]);
    await listener.until('finished');
    expect(listener.events.slice(1)).toEqual([
      'debug: 2 {}{}ab',
      'begun 9: all',
      'error 9/1: no',
      'ok 9/0: yes',
      'finished 9',
    ]);
  });

  it('should leave the payload with the gateway, which may have to send it again', async () => {
    const { listener, replica } = launch("listen(({ type, body }) => type === BATCH && log('got ' + body.length));");
    const item = { ...itemOf(''), payload: Buffer.alloc(100_000, 'x') };
    replica.send(1, [item]);
    expect(await listener.until('debug')).toBe(`debug: got ${24 + 2 + 100_000}`);
    expect(item.payload.toString()).toBe('x'.repeat(100_000));
  });

  it('should be followed by the indexes that nobody waits for any more', async () => {
    const { listener, replica } = launch(
      "listen(({ type, batch, body }) => type === CANCEL && log(batch + ':' + body.toString('hex')));",
    );
    replica.send(3, [itemOf('a'), itemOf('b')]);
    replica.cancel(3, [1]);
    expect(await listener.until('debug')).toBe('debug: 3:0100');
  });
});

describe('when a worker thread ends', () => {
  it.each([
    ['exits', 'process.exit(3)', /^ended: exited with code 3$/],
    ['throws', "throw new Error('boom')", /^ended: uncaught Error: boom\n +at /],
    ['rejects', "Promise.reject('a text')", /^ended: uncaught .*a text/s],
  ])('should give what it posted just before it %s, then report the end once', async (_how, end, reason) => {
    const { listener, replica } = launch(`
      listen(({ type, batch }) => {
        if (type !== BATCH) return;
        begin(batch);
        for (let i = 0; i < 100; i++) result(batch, i, 'x'.repeat(100));
        ${end};
      });`);
    replica.send(1, [itemOf('a')]);
    await listener.until('ended');
    expect(listener.events.slice(0, -1)).toEqual([
      'begun 1: all',
      ...Array.from({ length: 100 }, (_, i) => `ok 1/${i}: ${'x'.repeat(100)}`),
    ]);
    expect(listener.events.at(-1)).toMatch(reason);
  });

  it('should give its own reason for a failed start rather than the code', async () => {
    const { listener } = launch("control({ kind: 'failed', reason: 'no model' }); process.exit(1);");
    await listener.until('ended');
    expect(listener.events).toEqual(['ended: no model']);
  });

  it('should take no part in a batch that is sent after the end', async () => {
    const { listener, replica } = launch('process.exit(0);');
    await listener.until('ended');
    replica.send(1, [itemOf('a')]);
    replica.stop();
    replica.kill();
    await new Promise((resolve) => setImmediate(resolve));
    expect(listener.events).toEqual(['ended: exited with code 0']);
  });

  it('should leave no thread, port or descriptor behind, 200 times', async () => {
    const taken = () => ({
      threads: readdirSync('/proc/self/task').length,
      descriptors: readdirSync('/proc/self/fd').length,
      ports: process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length,
    });
    const live = async (): Promise<void> => {
      const { listener, replica } = launch(`ready(); listen(({ type }) => type === BATCH && process.exit(1));`);
      replica.send(1, [itemOf('a')]);
      await listener.until('ended');
    };
    await live();
    await new Promise((resolve) => setImmediate(resolve));
    const before = taken();
    for (let i = 0; i < 50; i++) await Promise.all([live(), live(), live(), live()]);
    await vi.waitFor(() => {
      const after = taken();
      expect(after.threads).toBeLessThanOrEqual(before.threads);
      expect(after.descriptors).toBeLessThanOrEqual(before.descriptors);
      expect(after.ports).toBeLessThanOrEqual(before.ports);
    });
  }, 60_000);
});

describe('when a worker thread sends what is no frame', () => {
  it.each([
    ['a size beyond the limit', 'write(Buffer.alloc(12, 0xff)); ready()', 'frame of 4294967295 bytes announced'],
    ['a result that does not add up', 'write(frame(4, 0, 2, 1)); ready()', 'result frame is shorter'],
    ['no bytes', "port.postMessage('hello'); ready()", 'message without bytes'],
    ['nothing', 'port.postMessage(undefined); ready()', 'message without bytes'],
    ['more than its ring holds', 'head(fromThread)[0] = 1e6; port.postMessage(null)', 'is said to hold 1000000'],
    [
      'fewer messages than it counts',
      'head(fromThread)[2] = 1; port.postMessage(null)',
      'message was counted and not sent',
    ],
  ])('should end it and say why: %s', async (_what, program, why) => {
    const { listener } = launch(`
      import { workerData } from 'node:worker_threads';
      const { fromThread } = workerData;
      const head = (memory) => new Int32Array(memory);
      ${program}; ${FOR_EVER}`);
    expect(await listener.until('ended')).toMatch(/^ended: sent what is no valid frame: /);
    expect(listener.events).toEqual([expect.stringContaining(why)]);
  });
});

describe('when a worker thread is to end', () => {
  it('should be asked to', async () => {
    const { listener, replica } = launch(
      "listen(({ body }) => JSON.parse(body).kind === 'stop' ? process.exit(0) : ready());",
    );
    await listener.until('ready');
    replica.stop();
    expect(await listener.until('ended')).toBe('ended: exited with code 0');
  });

  it('should be ended while it runs JavaScript that does not come back', async () => {
    const { listener, replica } = launch('log(1); for (;;);');
    await listener.until('debug');
    replica.kill();
    expect(await listener.until('ended')).toBe('ended: terminated');
  });

  it('should be ended when it closes its port', async () => {
    const { listener } = launch(`port.close(); ${FOR_EVER}`);
    expect(await listener.until('ended')).toBe('ended: exited with code 1');
  });
});
