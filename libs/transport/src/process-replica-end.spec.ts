import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { Duplex } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { encodeResults } from '#libs/protocol';
import { ProcessReplica, type ProcessSpec } from './process-replica.js';
import { RecordingListener } from './recording-listener.fixture.js';
import { spawnWorker } from './spawn-worker.js';

vi.mock('./spawn-worker.js', () => ({ spawnWorker: vi.fn() }));

/** A process whose exit and whose result channel end in the order that the spec chooses. */
function launch() {
  const channels = [0, 1].map(() => new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() }));
  const [input, output] = channels as [Duplex, Duplex];
  const child = Object.assign(new EventEmitter(), {
    stdout: null,
    stderr: null,
    stdio: [null, null, null, input, output],
    kill: vi.fn(),
  });
  vi.mocked(spawnWorker).mockReturnValueOnce(child as unknown as ChildProcess);
  const listener = new RecordingListener();
  new ProcessReplica({ init: { workerId: 1 } } as unknown as ProcessSpec, listener);
  return { child, output, listener };
}

const RESULT = Buffer.concat(encodeResults(1, [{ index: 0, ok: true, payload: Buffer.from('A') }], true));

describe('when a process and its result channel end at different times', () => {
  it('should report results that are read after the exit, and the end after them', async () => {
    const { child, output, listener } = launch();
    child.emit('exit', null, 'SIGKILL');
    expect(listener.events).toEqual([]);
    output.push(RESULT);
    output.push(null);
    output.end();
    await once(output, 'close');
    expect(listener.events.slice(0, 2)).toEqual(['ok 1/0: A', 'finished 1']);
    expect(listener.events.slice(2)).toEqual(['ended: killed by SIGKILL (out of memory, or killed from outside)']);
  });

  it('should wait for the exit where the channel ends first, and see to it', async () => {
    const { child, output, listener } = launch();
    output.destroy();
    await once(output, 'close');
    expect(child.kill).toHaveBeenCalledWith('SIGKILL');
    expect(listener.events).toEqual([]);
    child.emit('exit', 7, null);
    expect(listener.events).toEqual(['ended: exited with code 7']);
  });

  it('should report a process that could not be spawned', async () => {
    const { child, output, listener } = launch();
    child.emit('error', new Error('spawn EACCES'));
    output.destroy();
    await once(output, 'close');
    expect(listener.events).toEqual(['ended: could not start: spawn EACCES']);
  });
});
