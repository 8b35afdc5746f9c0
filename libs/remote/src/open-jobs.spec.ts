import { describe, expect, it, vi } from 'vitest';
import { OpenJobs, type JobHold, type OpenJob } from './open-jobs.js';
import type { RemoteItem } from './remote-item.js';

const hold = () => ({ resolve: vi.fn(), giveBack: vi.fn() });
const jobOf = (id: string, ...holds: JobHold[]): OpenJob => ({ item: { id } as RemoteItem, deaths: 0, holds });

describe('when a job is open', () => {
  it('should be ended once, and count until then', async () => {
    const jobs = new OpenJobs();
    const first = hold();
    jobs.add(jobOf('a', first));
    const idle = jobs.whenIdle();
    const taken = jobs.take('a') as OpenJob;
    expect(jobs.take('a')).toBeUndefined();
    expect(jobs.size).toBe(1);
    jobs.end(taken);
    expect(jobs.size).toBe(0);
    await idle;
    expect(first.resolve).toHaveBeenCalledOnce();
    expect(first.giveBack).not.toHaveBeenCalled();
  });

  it('should be idle where there is nothing', async () => {
    await new OpenJobs().whenIdle();
  });
});

describe('when the queue has given a job to the same host again', () => {
  it('should end both with the outcome', () => {
    const jobs = new OpenJobs();
    const [old, last] = [hold(), hold()];
    jobs.add(jobOf('a', old, last));
    jobs.end(jobs.take('a') as OpenJob);
    expect(old.resolve).toHaveBeenCalledOnce();
    expect(last.resolve).toHaveBeenCalledOnce();
  });

  it('should give back the last one, which has the lock', () => {
    const jobs = new OpenJobs();
    const [old, last] = [hold(), hold()];
    jobs.add(jobOf('a', old, last));
    jobs.giveBack(jobs.take('a') as OpenJob);
    expect(last.giveBack).toHaveBeenCalledOnce();
    expect(last.resolve).not.toHaveBeenCalled();
    expect(old.giveBack).not.toHaveBeenCalled();
    expect(old.resolve).toHaveBeenCalledOnce();
    expect(jobs.size).toBe(0);
  });
});
