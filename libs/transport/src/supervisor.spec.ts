import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartGate } from './start-gate.js';
import { READY, supervise, type FakeReplica } from './supervisor.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when the replicas of a stage start', () => {
  it('should number them from 1 and attach each as it gets ready', () => {
    const { launched, events } = supervise({ replicas: 2 });
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 2]);
    launched[1]!.report.ready(READY);
    expect(events).toEqual(['attach 2', 'ready 2']);
  });

  it('should start no more at once than the gate lets in', () => {
    const { launched } = supervise({ replicas: 3, gate: new StartGate(1) });
    expect(launched).toHaveLength(1);
    launched[0]!.report.ready(READY);
    expect(launched).toHaveLength(2);
    launched[1]!.report.ended('no model');
    expect(launched).toHaveLength(3);
  });

  it('should pass on what a replica reports about batches, and its log under its name', () => {
    const { launched, events, log } = supervise();
    const { report } = launched[0]!;
    report.begun(1, undefined);
    report.ready(READY);
    report.begun(1, undefined);
    report.settled(1, 0, true, Buffer.alloc(0));
    report.finished(1);
    report.log('warning', 'hot');
    expect(events.slice(2)).toEqual(['begun 1/1', 'settled 1/1/0', 'finished 1/1']);
    expect(log).toHaveBeenCalledWith('warning', 'hot', 'Echo#1', { stage: 'Echo', worker: 1 });
  });
});

describe('when a replica that was ready ends', () => {
  it('should be replaced under its number, at once the first time, then later', () => {
    const { launched, events } = supervise({ replicas: 2 });
    for (const { report } of launched) report.ready(READY);
    launched[1]!.report.ended('crash');
    expect(events.at(-1)).toBe('detached 2: crash');
    vi.advanceTimersByTime(0);
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 2, 2]);
    launched[2]!.report.ready(READY);
    launched[2]!.report.ended('crash');
    vi.advanceTimersByTime(199);
    expect(launched).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(launched).toHaveLength(4);
  });

  it('should be replaced at once again after a healthy period', () => {
    const { launched } = supervise();
    for (let life = 0; life < 5; life += 1) {
      launched[life]!.report.ready(READY);
      vi.advanceTimersByTime(5000);
      launched[life]!.report.ended('crash');
      vi.advanceTimersByTime(0);
      expect(launched).toHaveLength(life + 2);
    }
  });

  it('should say why, and when it starts again', () => {
    const { launched, log } = supervise();
    launched[0]!.report.ready(READY);
    launched[0]!.report.ended('killed by SIGSEGV');
    expect(log).toHaveBeenCalledWith('error', 'worker ended: killed by SIGSEGV; next start in 0 ms', 'Echo#1', {
      stage: 'Echo',
      worker: 1,
    });
  });

  it('should never count as a failed start, however often', () => {
    const { launched, onStartFailed } = supervise({ startAttempts: 1 });
    launched[0]!.report.ready(READY);
    for (let death = 0; death < 5; death += 1) {
      launched[death]!.report.ended('crash');
      vi.advanceTimersByTime(1000);
    }
    expect(launched).toHaveLength(6);
    expect(onStartFailed).not.toHaveBeenCalled();
  });
});

describe('when a replica ends before it is ready', () => {
  it('should be tried again with growing delays until the attempts are used up, and reported once', () => {
    const { launched, onStartFailed, log } = supervise();
    launched[0]!.report.ended('no model');
    expect(log).toHaveBeenCalledWith('error', 'worker could not start: no model; next start in 100 ms', 'Echo#1', {
      stage: 'Echo',
      worker: 1,
    });
    vi.advanceTimersByTime(100);
    launched[1]!.report.ended('no model');
    vi.advanceTimersByTime(200);
    launched[2]!.report.ended('still no model');
    vi.advanceTimersByTime(60_000);
    expect(launched).toHaveLength(3);
    expect(onStartFailed.mock.calls).toEqual([['still no model']]);
  });

  it('should count the failures of all replicas together, and give up with all of them', () => {
    const { launched, onStartFailed, events } = supervise({ replicas: 5 });
    for (const { report } of launched.slice(0, 4)) report.ended('no model');
    launched[4]!.report.ready(READY);
    vi.advanceTimersByTime(60_000);
    expect([launched.length, onStartFailed.mock.calls.length]).toEqual([5, 1]);
    expect(events).toEqual([]);
  });

  it('should go on trying once the stage has been ready', () => {
    const { launched, onStartFailed } = supervise({ startAttempts: 1 });
    launched[0]!.report.ready(READY);
    launched[0]!.report.ended('crash');
    vi.advanceTimersByTime(0);
    launched[1]!.report.ended('no model');
    vi.advanceTimersByTime(1000);
    expect(launched).toHaveLength(3);
    expect(onStartFailed).not.toHaveBeenCalled();
  });

  it('should count a launch that throws', () => {
    const gate = new StartGate(1);
    const launch = () => {
      throw new Error('no file descriptors left');
    };
    const { onStartFailed } = supervise({ launch, gate, startAttempts: 2 });
    vi.advanceTimersByTime(100);
    expect(onStartFailed.mock.calls).toEqual([['could not start: no file descriptors left']]);
  });
});

describe('when a replica is due to be recycled', () => {
  const answer = (replica: FakeReplica, items: number) => {
    for (let i = 0; i < items; i += 1) replica.report.settled(1, i, true, Buffer.alloc(0));
    replica.report.finished(1);
  };

  /** A supervised replica that has answered its last item, and the successor that is loading. */
  function recycled() {
    const bench = supervise({ recycle: { maxRequests: 10 } });
    bench.launched[0]!.report.ready(READY);
    answer(bench.launched[0]!, 10);
    const [old, fresh] = bench.launched as [FakeReplica, FakeReplica];
    return { ...bench, old, fresh };
  }

  it.each([
    ['answers', { maxRequests: 10 }, (replica: FakeReplica) => answer(replica, 9), (r: FakeReplica) => answer(r, 1)],
    [
      'memory',
      { maxRssBytes: 1000 },
      ({ report }: FakeReplica) => report.usage(1000),
      ({ report }: FakeReplica) => report.usage(1001),
    ],
    ['age', { maxAgeMs: 1000 }, () => vi.advanceTimersByTime(999), () => vi.advanceTimersByTime(1)],
  ])('should load its successor under the same number, once: %s', (_limit, recycle, almost, due) => {
    const { launched } = supervise({ recycle });
    launched[0]!.report.ready(READY);
    almost(launched[0]!);
    expect(launched).toHaveLength(1);
    due(launched[0]!);
    due(launched[0]!);
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 1]);
  });

  it('should go on until the successor is ready, and stop when its batches are done', () => {
    const { old, fresh, events, retired } = recycled();
    expect(events).not.toContain('retire 1');
    fresh.report.ready(READY);
    expect(events.slice(-3)).toEqual(['attach 1', 'retire 1', 'ready 1']);
    expect(old.stop).not.toHaveBeenCalled();
    retired[0]!();
    expect(old.stop).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(9999);
    expect(old.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(old.kill).toHaveBeenCalledTimes(1);
  });

  it('should not be replaced a second time when it ends', () => {
    const { old, fresh, retired, launched } = recycled();
    fresh.report.ready(READY);
    retired[0]!();
    old.report.ended('exited with code 0');
    vi.advanceTimersByTime(60_000);
    expect(launched).toHaveLength(2);
    expect(old.kill).not.toHaveBeenCalled();
  });

  it('should stay where the successor cannot start, and try again later', () => {
    const { old, fresh, launched } = recycled();
    fresh.report.ended('no model');
    vi.advanceTimersByTime(99);
    answer(old, 1);
    expect(launched).toHaveLength(2);
    vi.advanceTimersByTime(1);
    answer(old, 1);
    expect(launched).toHaveLength(3);
    expect(old.stop).not.toHaveBeenCalled();
  });

  it('should be replaced by the successor where it ends meanwhile', () => {
    const { old, fresh, launched, events } = recycled();
    old.report.ended('crash');
    vi.advanceTimersByTime(60_000);
    expect(launched).toHaveLength(2);
    fresh.report.ready(READY);
    expect(events.at(-1)).toBe('ready 1');
    fresh.report.ended('crash');
    vi.advanceTimersByTime(0);
    expect(launched).toHaveLength(3);
  });

  it('should have ended, successor and all, before the stop is done', async () => {
    const { old, fresh, supervisor } = recycled();
    const done = vi.fn();
    void supervisor.stop(1000).then(done);
    old.report.ended('stopped');
    await vi.advanceTimersByTimeAsync(0);
    expect(done).not.toHaveBeenCalled();
    fresh.report.ended('stopped');
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledTimes(1);
  });
});

describe('when the replicas are stopped', () => {
  const isDone = async (stopping: Promise<void>): Promise<boolean> => {
    let done = false;
    void stopping.then(() => (done = true));
    await vi.advanceTimersByTimeAsync(0);
    return done;
  };

  it('should be done when all have ended, killing none that does', async () => {
    const { supervisor, launched } = supervise({ replicas: 2 });
    launched[0]!.report.ready(READY);
    const stopping = supervisor.stop(1000);
    expect(launched.map(({ stop }) => stop.mock.calls.length)).toEqual([1, 1]);
    launched[0]!.report.ended('stopped');
    expect(await isDone(stopping)).toBe(false);
    launched[1]!.report.ended('stopped');
    expect(await isDone(stopping)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(launched.map(({ kill }) => kill.mock.calls.length)).toEqual([0, 0]);
  });

  it('should kill those alone that are left after the grace', async () => {
    const { supervisor, launched } = supervise({ replicas: 2 });
    const stopping = supervisor.stop(1000);
    launched[0]!.report.ended('stopped');
    vi.advanceTimersByTime(999);
    expect(launched[1]!.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(launched.map(({ kill }) => kill.mock.calls.length)).toEqual([0, 1]);
    expect(await isDone(stopping)).toBe(false);
    launched[1]!.report.ended('killed by SIGKILL');
    expect(await isDone(stopping)).toBe(true);
  });

  it('should be done for all who asked, each replica asked once', async () => {
    const { supervisor, launched } = supervise();
    const stopping = [supervisor.stop(1000), supervisor.stop(5)];
    vi.advanceTimersByTime(999);
    expect([launched[0]!.stop.mock.calls.length, launched[0]!.kill.mock.calls.length]).toEqual([1, 0]);
    launched[0]!.report.ended('stopped');
    expect(await Promise.all([...stopping, supervisor.stop(1000)].map(isDone))).toEqual([true, true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should start none again, whether ended, waiting for its delay or for the gate', async () => {
    const { supervisor, launched } = supervise({ replicas: 3, gate: new StartGate(2) });
    launched[0]!.report.ready(READY);
    launched[0]!.report.ended('crash');
    const before = launched.length;
    const stopping = supervisor.stop(1000);
    for (const { report } of launched) report.ended('stopped');
    expect(await isDone(stopping)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(launched).toHaveLength(before);
  });

  it('should attach none that gets ready meanwhile', () => {
    const { supervisor, launched, events } = supervise();
    void supervisor.stop(1000);
    launched[0]!.report.ready(READY);
    expect(events).toEqual([]);
  });

  it('should be done at once where none runs', async () => {
    const { supervisor, launched } = supervise();
    launched[0]!.report.ended('no model');
    expect(await isDone(supervisor.stop(1000))).toBe(true);
  });
});

describe('when somebody keeps the metrics of replicas', () => {
  const REPORT = { families: [], dropped: 0, droppedFrom: '' };

  function kept() {
    const events: string[] = [];
    const scrapes: (() => void)[] = [];
    const bench = supervise({
      recycle: { maxRequests: 1 },
      keepRecord: (workerId, scrape) => {
        scrapes.push(scrape);
        events.push(`kept ${workerId}`);
        return { reported: () => events.push('reported'), ended: () => events.push('ended') };
      },
    });
    return { ...bench, scrapes, events };
  }

  it('should have a record of each from when it is ready to its end', () => {
    const { launched, events, scrapes } = kept();
    const [replica] = launched;
    replica!.report.metrics(REPORT);
    expect(events).toEqual([]);
    replica!.report.ready(READY);
    scrapes[0]!();
    expect(replica!.scrape).toHaveBeenCalledTimes(1);
    replica!.report.metrics(REPORT);
    replica!.report.ended('gone');
    expect(events).toEqual(['kept 1', 'reported', 'ended']);
  });

  it('should tell who serves in each place, since when, and how often it was replaced, by cause', () => {
    vi.setSystemTime(7000);
    const { launched, supervisor } = kept();
    expect(supervisor.workers).toEqual([{ workerId: 1, readyAt: undefined, restarts: 0, recycled: 0 }]);
    launched[0]!.report.ready(READY);
    expect(supervisor.workers).toMatchObject([{ readyAt: 7000 }]);
    launched[0]!.report.ended('gone');
    expect(supervisor.workers).toMatchObject([{ readyAt: undefined, restarts: 0 }]);
    vi.advanceTimersByTime(0);
    launched[1]!.report.ready(READY);
    launched[1]!.report.settled(1, 0, true, Buffer.alloc(0));
    launched[1]!.report.finished(1);
    launched[2]!.report.ready(READY);
    expect(supervisor.workers).toMatchObject([{ restarts: 1, recycled: 1 }]);
  });
});
