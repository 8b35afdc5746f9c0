import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartGate } from './start-gate.js';
import type { SupervisorOptions } from './supervisor.js';
import { READY, supervise } from './supervisor.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Replicas that are all ready, and the outcome of an operation as it stands. */
function operate(part: Partial<SupervisorOptions> = {}) {
  const bench = supervise(part);
  for (let i = 0; i < bench.launched.length; i++) bench.launched[i]!.report.ready(READY);
  const { operations } = bench.supervisor;
  const watch = (operation: Promise<void>) => {
    const seen: { outcome: string } = { outcome: 'pending' };
    operation.then(
      () => (seen.outcome = 'done'),
      (error: { code: string; message: string }) => (seen.outcome = `${error.code}: ${error.message}`),
    );
    return seen;
  };
  const turn = () => vi.advanceTimersByTimeAsync(0);
  const states = () => bench.supervisor.replicas.map(({ workerId, state }) => `${workerId} ${state}`);
  return { ...bench, operations, watch, turn, states };
}

describe('when a stage is scaled up', () => {
  it('should start replicas under the next numbers, and be done when they are ready', async () => {
    const { operations, watch, turn, launched, supervisor, states } = operate();
    const seen = watch(operations.scale(3));
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 2, 3]);
    expect(states()).toEqual(['1 ready', '2 starting', '3 starting']);
    launched[1]!.report.ready(READY);
    await turn();
    expect(seen.outcome).toBe('pending');
    launched[2]!.report.ready(READY);
    await turn();
    expect([seen.outcome, supervisor.desired]).toEqual(['done', 3]);
  });

  it('should tell why one cannot start, and go on trying', async () => {
    const { operations, watch, turn, launched, supervisor } = operate();
    const seen = watch(operations.scale(2));
    launched[1]!.report.ended('no memory');
    await turn();
    expect(seen.outcome).toBe('START_FAILED: worker 2 of stage "Echo" cannot start: no memory');
    expect(supervisor.desired).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(launched).toHaveLength(3);
  });
});

describe('when a stage is scaled down', () => {
  it('should let the leavers finish what they have, and start none in their place', async () => {
    const { operations, watch, turn, launched, retired, states } = operate({ replicas: 3 });
    const seen = watch(operations.scale(1));
    expect(launched.map(({ stop }) => stop.mock.calls.length)).toEqual([0, 0, 0]);
    expect(states()).toEqual(['1 ready', '2 leaving', '3 leaving']);
    for (const idle of retired) idle();
    expect(launched.map(({ stop }) => stop.mock.calls.length)).toEqual([0, 1, 1]);
    launched[2]!.report.ended('exited with code 0');
    await turn();
    expect(seen.outcome).toBe('pending');
    launched[1]!.report.ended('killed by SIGKILL');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([seen.outcome, launched.length]).toEqual(['done', 3]);
    expect(states()).toEqual(['1 ready']);
  });

  it('should kill a leaver that does not end', async () => {
    const { operations, launched, retired } = operate({ replicas: 2 });
    void operations.scale(1);
    retired[0]!();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(launched[1]!.kill).toHaveBeenCalledTimes(1);
  });

  it('should kill one that is loading, and take it for ready no more', async () => {
    const { operations, watch, turn, launched, events } = operate();
    const up = watch(operations.scale(2));
    const down = watch(operations.scale(1));
    expect(launched[1]!.kill).toHaveBeenCalledTimes(1);
    launched[1]!.report.ready(READY);
    launched[1]!.report.ended('killed by SIGKILL');
    await turn();
    expect([up.outcome, down.outcome]).toEqual(['done', 'done']);
    expect(events).not.toContain('attach 2');
  });

  it('should not start one that waits for the gate, nor one that waits for its delay', async () => {
    const { operations, watch, turn, launched } = operate({ replicas: 2, gate: new StartGate(1) });
    launched[1]!.report.ended('crash');
    await turn();
    launched[2]!.report.ended('no model');
    const up = watch(operations.scale(4));
    const down = watch(operations.scale(1));
    for (let i = 3; i < launched.length; i++) launched[i]!.report.ended('killed by SIGKILL');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([up.outcome, down.outcome]).toEqual(['done', 'done']);
    expect(launched).toHaveLength(4);
  });
});

describe('when a stage is restarted', () => {
  it('should replace one replica after the other, each before the old one leaves', async () => {
    const { operations, watch, turn, launched, retired, events } = operate({ replicas: 2 });
    const seen = watch(operations.restart(true));
    await turn();
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 2, 1]);
    expect(retired).toHaveLength(0);
    launched[2]!.report.ready(READY);
    await turn();
    expect(events.slice(-3)).toEqual(['attach 1', 'retire 1', 'ready 1']);
    expect(launched).toHaveLength(3);
    retired[0]!();
    launched[0]!.report.ended('exited with code 0');
    await turn();
    expect(launched.map(({ workerId }) => workerId)).toEqual([1, 2, 1, 2]);
    launched[3]!.report.ready(READY);
    launched[1]!.report.ended('exited with code 0');
    await turn();
    expect(seen.outcome).toBe('done');
  });

  it('should let the old one leave first where there is no surge', async () => {
    const { operations, watch, turn, launched, retired, log } = operate();
    const seen = watch(operations.restart(false));
    await turn();
    expect([launched.length, retired.length]).toEqual([1, 1]);
    retired[0]!();
    launched[0]!.report.ended('exited with code 0');
    await turn();
    expect(launched).toHaveLength(2);
    launched[1]!.report.ready(READY);
    await turn();
    expect(seen.outcome).toBe('done');
    expect(log).not.toHaveBeenCalled();
  });

  it('should leave the old ones where a replacement cannot start, and tell why', async () => {
    const { operations, watch, turn, launched, retired } = operate({ replicas: 2 });
    const seen = watch(operations.restart(true));
    await turn();
    launched[2]!.report.ended('no model');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcome).toBe('START_FAILED: worker 1 of stage "Echo" cannot start: no model');
    expect([launched.length, retired.length]).toEqual([3, 0]);
  });

  it('should wait for a successor that was loading before, as it may have the old model', async () => {
    const { operations, watch, turn, launched } = operate({ recycle: { maxRequests: 1 } });
    launched[0]!.report.settled(1, 0, true, Buffer.alloc(0));
    launched[0]!.report.finished(1);
    expect(launched).toHaveLength(2);
    const seen = watch(operations.restart(true));
    launched[1]!.report.ready(READY);
    launched[0]!.report.ended('exited with code 0');
    await turn();
    expect(launched).toHaveLength(3);
    launched[2]!.report.ready(READY);
    launched[1]!.report.ended('exited with code 0');
    await turn();
    expect(seen.outcome).toBe('done');
  });

  it('should start at once what waits for its delay, and count it as replaced', async () => {
    const { operations, watch, turn, launched } = operate();
    launched[0]!.report.ended('crash');
    await turn();
    launched[1]!.report.ended('no model');
    const seen = watch(operations.restart(true));
    await turn();
    expect(launched).toHaveLength(3);
    launched[2]!.report.ready(READY);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([seen.outcome, launched.length]).toEqual(['done', 3]);
  });

  it('should pass over a place that was given up meanwhile', async () => {
    const { operations, watch, turn, launched, retired } = operate({ replicas: 2 });
    const seen = watch(operations.restart(true));
    await turn();
    const scaled = watch(operations.scale(1));
    retired[0]!();
    launched[1]!.report.ended('exited with code 0');
    launched[2]!.report.ready(READY);
    launched[0]!.report.ended('exited with code 0');
    await turn();
    expect([seen.outcome, scaled.outcome, launched.length]).toEqual(['done', 'done', 3]);
  });

  it('should be refused while another is under way, and allowed after it', async () => {
    const { operations, watch, turn, launched } = operate();
    const first = watch(operations.restart(true));
    const second = watch(operations.restart(true));
    await turn();
    expect(second.outcome).toMatch(/^CONFLICT: stage "Echo" is being restarted already/);
    launched[1]!.report.ended('no model');
    await turn();
    expect(first.outcome).toMatch(/^START_FAILED/);
    const third = watch(operations.restart(true));
    await turn();
    expect([third.outcome, launched.length]).toEqual(['pending', 3]);
  });
});

describe('when the stage is stopped during an operation', () => {
  it('should end the operation too, and start nothing', async () => {
    const { operations, watch, turn, launched, supervisor } = operate({ gate: new StartGate(1) });
    const restart = watch(operations.restart(true));
    const scale = watch(operations.scale(3));
    await turn();
    void supervisor.stop(1000);
    const before = launched.length;
    for (const { report } of launched) report.ended('stopped');
    await turn();
    expect([restart.outcome, scale.outcome].map((outcome) => outcome.split(':')[0])).toEqual(['DRAINING', 'DRAINING']);
    expect(launched).toHaveLength(before);
  });
});
