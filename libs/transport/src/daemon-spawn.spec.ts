import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { Daemon } from './daemon.js';

const child = Object.assign(new EventEmitter(), { exitCode: null, signalCode: null, stdout: null, stderr: null });
vi.mock('node:child_process', () => ({ spawn: () => child as unknown as ChildProcess }));

describe('when a process cannot even be made for a daemon', () => {
  it('should be reported, and not be waited for at the stop', async () => {
    const onEnd = vi.fn();
    const daemon = new Daemon({ name: 'helper', command: 'true' }, { log: () => undefined }, onEnd);
    daemon.start();
    child.emit('error', new Error('spawn EAGAIN'));
    expect(onEnd.mock.calls).toEqual([['could not start: spawn EAGAIN']]);
    await expect(daemon.stop(60_000)).resolves.toBeUndefined();
  });
});
