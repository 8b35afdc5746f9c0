import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { spawnWorker } from './spawn-worker.js';

vi.mock('node:child_process', () => ({ spawn: vi.fn() }));

const COMMAND = { entry: '/worker.js', execArgv: ['--flag'], env: { A: '1' } };

describe('when a worker process is spawned', () => {
  it('should have a socket pair per direction beside its output', () => {
    const child = Object.assign(new EventEmitter(), { stdio: [] });
    vi.mocked(spawn).mockReturnValueOnce(child as unknown as ChildProcess);
    expect(spawnWorker(COMMAND)).toBe(child);
    expect(spawn).toHaveBeenCalledWith(process.execPath, ['--flag', '/worker.js'], {
      env: { A: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
  });

  it('should say so when no descriptors are left, and survive the event that follows', () => {
    const child = new EventEmitter();
    vi.mocked(spawn).mockReturnValueOnce(child as ChildProcess);
    expect(() => spawnWorker(COMMAND)).toThrow('no file descriptors left');
    expect(child.emit('error', new Error('spawn EMFILE'))).toBe(true);
  });
});
