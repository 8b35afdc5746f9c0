import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { ProcessReplica, type ProcessSpec } from './process-replica.js';
import { RecordingListener } from './recording-listener.fixture.js';
import { itemOf, WorkerPrograms } from './worker-program.fixture.js';

const programs = new WorkerPrograms();
const started: ProcessReplica[] = [];
afterEach(() => {
  for (const replica of started.splice(0)) replica.kill();
});
afterAll(() => programs.remove());

function launch(program: string, part?: Partial<ProcessSpec>) {
  const listener = new RecordingListener();
  const replica = new ProcessReplica(programs.spec(program, part), listener);
  started.push(replica);
  return { listener, replica };
}

const FOR_EVER = 'setInterval(() => undefined, 60_000);';

describe('when a worker process is started', () => {
  it('should be told its stage, with its own arguments and environment', async () => {
    const { listener, replica } = launch(
      'listen(({ body }) => log([JSON.parse(body).className, process.env.SIDE, process.execArgv]));',
      { execArgv: ['--no-warnings'], env: { ...process.env, SIDE: 'left' } },
    );
    expect(await listener.until('debug')).toBe('debug: Echo,left,--no-warnings');
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

  it('should report the memory that it says it uses', async () => {
    const { listener } = launch(`control({ kind: 'usage', rssBytes: 4096 }); ${FOR_EVER}`);
    expect(await listener.until('usage')).toBe('usage 4096');
  });

  it('should have ended where its entry is missing, with the reason in the log', async () => {
    const listener = new RecordingListener();
    new ProcessReplica({ ...programs.spec(''), entry: 'no-such-entry.mjs' }, listener);
    expect(await listener.until('ended')).toBe('ended: exited with code 1');
    expect(await listener.until(/warning: .*no-such-entry/)).toBeTruthy();
  });
});

describe('when a batch is sent', () => {
  it('should arrive in these bytes, and its results come back under its number', async () => {
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

  it('should be followed by the indexes that nobody waits for any more', async () => {
    const { listener, replica } = launch(
      "listen(({ type, batch, body }) => type === CANCEL && log(batch + ':' + body.toString('hex')));",
    );
    replica.send(3, [itemOf('a'), itemOf('b')]);
    replica.cancel(3, [1]);
    expect(await listener.until('debug')).toBe('debug: 3:0100');
  });
});

describe('when a worker puts results into a store', () => {
  const stored = (payload: string): string => `
    listen(({ type, batch }) => {
      if (type !== BATCH) return;
      const item = Buffer.from([0, 0, 0, 2, ${payload.length}, 0, 0, 0]);
      write(frame(4, 1, 1, batch, Buffer.concat([item, Buffer.from('${payload}')])));
    });`;

  it('should claim each, and let go of it where nobody else wants it', async () => {
    const events: string[] = [];
    const claims = {
      claim: (payload: Uint8Array) => {
        events.push(`claim ${Buffer.from(payload).toString()}`);
        return { hold: () => events.push('hold'), release: () => events.push('release') };
      },
    };
    const { listener, replica } = launch(stored('a-handle'), { claims });
    replica.send(1, [itemOf('a')]);
    await listener.until('finished');
    expect([events, listener.events]).toEqual([
      ['claim a-handle', 'release'],
      ['ok 1/0: a-handle', 'finished 1'],
    ]);
  });

  it.each([
    ['it has none', undefined, 'result is in a store, and this worker has none'],
    [
      'the handle is forged',
      {
        claim: () => {
          throw new Error('not its own');
        },
      },
      'not its own',
    ],
  ])('should be killed where %s', async (_why, claims, reason) => {
    const { listener, replica } = launch(stored('x'), { claims });
    replica.send(1, [itemOf('a')]);
    expect(await listener.until('ended')).toBe(`ended: sent what is no valid frame: ${reason}`);
    expect(listener.events.some((event) => event.startsWith('ok'))).toBe(false);
  });
});

describe('when a worker process ends', () => {
  it.each([
    ['exits', 'process.exit(3)', 'ended: exited with code 3'],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", 'ended: killed by SIGKILL'],
    ['aborts', 'process.abort()', 'ended: killed by SIGABRT'],
  ])('should give the results written just before it %s, then report the end once', async (_how, end, reason) => {
    const { listener, replica } = launch(`
      listen(({ type, batch }) => {
        if (type !== BATCH) return;
        for (let i = 0; i < 100; i++) result(batch, i, 'x'.repeat(100));
        ${end};
      });`);
    replica.send(1, [itemOf('a')]);
    await listener.until('ended');
    expect(listener.events.filter((event) => event.startsWith('ok'))).toHaveLength(100);
    expect(listener.events.at(-1)).toContain(reason);
    expect(listener.events.filter((event) => event.startsWith('ended'))).toHaveLength(1);
  });

  it('should not lose results because a write to it failed', async () => {
    const { listener, replica } = launch(`
      import { closeSync } from 'node:fs';
      closeSync(3);
      ${FOR_EVER}
      process.on('SIGUSR2', () => { result(1, 0, 'late'); process.exit(0); });
      log(process.pid);`);
    const pid = Number((await listener.until('debug')).split(' ')[1]);
    for (let round = 0; round < 3; round += 1) {
      replica.send(1, [itemOf('a')]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.kill(pid, 'SIGUSR2');
    await listener.until('ended');
    expect(listener.events.slice(1)).toEqual(['ok 1/0: late', 'ended: exited with code 0']);
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

  it('should not wait for ever for a descendant that keeps the result channel open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const heir = "new (require('node:net').Socket)({ fd: 4 }).on('close', () => process.exit()).resume()";
    const { listener } = launch(`
      import { spawn } from 'node:child_process';
      const stdio = ['ignore', 'ignore', 'ignore', 'ignore', 4];
      spawn(process.execPath, ['-e', ${JSON.stringify(heir)}], { stdio, detached: true })
        .on('spawn', () => { log('handed over'); process.exit(0); });`);
    await listener.until('debug: handed over');
    await vi.waitFor(() => expect(listener.events.at(-1)).toBe('ended: exited with code 0'), { timeout: 20_000 });
    vi.useRealTimers();
  });
});

describe('when a worker process sends what is no frame', () => {
  it.each([
    ['a size beyond the limit', 'write(Buffer.alloc(12, 0xff))', 'frame of 4294967295 bytes announced'],
    ['a result that does not add up', 'write(frame(4, 0, 2, 1))', 'result frame is shorter'],
    ['a frame of a type that is none', 'write(frame(9, 0, 0, 1))', 'frame of unknown type 9'],
    ['that it is ready, twice', 'ready(); ready()', 'second message that it is ready'],
    ['a control message of no worker', "control({ kind: 'stop' })", 'control message of kind "stop" is malformed'],
    ['a control message that is not JSON', "write(frame(5, 0, 0, 0, Buffer.from('{')))", 'control message is not JSON'],
  ])('should kill it and say why: %s', async (_what, program, why) => {
    const { listener } = launch(`${program}; ${FOR_EVER}`);
    expect(await listener.until('ended')).toMatch(`sent what is no valid frame: ${why}`);
  });
});

describe('when a worker process is to end', () => {
  it('should be asked to', async () => {
    const { listener, replica } = launch(
      "listen(({ body }) => JSON.parse(body).kind === 'stop' ? process.exit(0) : ready());",
    );
    await listener.until('ready');
    replica.stop();
    expect(await listener.until('ended')).toBe('ended: exited with code 0');
  });

  it('should be killed whatever it does', async () => {
    const { listener, replica } = launch('log(1); for (;;);');
    await listener.until('debug');
    replica.kill();
    expect(await listener.until('ended')).toMatch('ended: killed by SIGKILL');
  });

  it('should be killed when it closes the channel of its results', async () => {
    const { listener } = launch(`import { closeSync } from 'node:fs'; closeSync(4); ${FOR_EVER}`);
    expect(await listener.until('ended')).toMatch('ended: killed by SIGKILL');
  });
});
