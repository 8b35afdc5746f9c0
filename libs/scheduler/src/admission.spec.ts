import { describe, expect, it, vi, type Mock } from 'vitest';
import { Admission, type AdmissionStage } from './admission.js';
import { SOLE_FLOW, type Flow } from './flow.js';

const stage = (waiting: number, waitMs: number, maxQueueWaitMs?: number, serviceMs = 0): AdmissionStage => ({
  waitingShare: () => waiting,
  predictedWaitMs: () => waitMs,
  predictedServiceMs: () => serviceMs,
  shed: () => undefined,
  ...(maxQueueWaitMs !== undefined && { maxQueueWaitMs }),
});

/** Codes of refusals of a request at each of these times, with a deadline a second later; `in` where it may enter. */
function decisions(stages: readonly AdmissionStage[], ...times: number[]): string[] {
  const admission = new Admission(stages, 4);
  return times.map((now) => admission.refusal(now, now + 1000, SOLE_FLOW)?.code ?? 'in');
}

describe('when a stage is full', () => {
  it('should refuse at once, whichever stage it is, until a place is free', () => {
    expect(decisions([stage(4, 0)], 0)).toEqual(['QUEUE_FULL']);
    expect(decisions([stage(0, 0), stage(9, 0)], 0)).toEqual(['QUEUE_FULL']);
    expect(decisions([stage(3, 0), stage(3, 0)], 0)).toEqual(['in']);
  });

  it('should never probe: a queue is bounded', () => {
    expect(decisions([stage(4, 5000)], 0, 2000, 4000)).toEqual(['QUEUE_FULL', 'QUEUE_FULL', 'QUEUE_FULL']);
  });

  it('should tell when another try may succeed', () => {
    const admission = new Admission([stage(0, 300), stage(4, 700)], 4);
    expect(admission.refusal(0, 1000, SOLE_FLOW)).toMatchObject({ statusCode: 429, retryAfterMs: 700 });
  });
});

describe('when the predicted waits of all stages together pass the deadline', () => {
  it('should refuse what the deadline makes unreachable, and say for how long', () => {
    const admission = new Admission([stage(1, 600), stage(1, 400)], 4);
    expect(admission.refusal(0, 1100, SOLE_FLOW)).toBeUndefined();
    expect(admission.refusal(1, 1101, SOLE_FLOW)).toMatchObject({
      statusCode: 429,
      code: 'DEADLINE_UNREACHABLE',
      retryAfterMs: 1000,
    });
    expect(admission.refusal(1, 1102, SOLE_FLOW)).toBeUndefined();
  });

  it('should take a wait to be a tenth longer than predicted', () => {
    expect(decisions([stage(1, 909)], 0, 1)).toEqual(['in', 'in']);
    expect(decisions([stage(1, 910)], 0, 1)).toEqual(['in', 'DEADLINE_UNREACHABLE']);
  });

  it('should count the time that the item itself takes in each stage', () => {
    const busy = (serviceMs: number): AdmissionStage => stage(1, 400, undefined, serviceMs);
    expect(decisions([busy(50), busy(69)], 0, 1)).toEqual(['in', 'in']);
    expect(decisions([busy(50), busy(70)], 0, 1)).toEqual(['in', 'DEADLINE_UNREACHABLE']);
  });

  it('should let one request a second through, so that the prediction is made anew', () => {
    const times = [0, 1, 999, 1000, 1500, 2000];
    const expected = ['in', 'DEADLINE_UNREACHABLE', 'DEADLINE_UNREACHABLE', 'in', 'DEADLINE_UNREACHABLE', 'in'];
    expect(decisions([stage(1, 5000)], ...times)).toEqual(expected);
  });

  it('should let a request without a deadline in', () => {
    const admission = new Admission([stage(1, 1e9)], 4);
    expect([1, 2].map((now) => admission.refusal(now, Infinity, SOLE_FLOW))).toEqual([undefined, undefined]);
  });
});

describe('when a stage limits the wait in its queue', () => {
  it('should refuse above the limit although the deadline is far', () => {
    expect(decisions([stage(1, 50, 50)], 0, 1)).toEqual(['in', 'in']);
    expect(decisions([stage(1, 51, 50)], 0, 1)).toEqual(['in', 'DEADLINE_UNREACHABLE']);
  });

  it('should not count what the item itself takes against it', () => {
    expect(decisions([stage(1, 50, 50, 500)], 0, 1)).toEqual(['in', 'in']);
  });

  it('should not count the waits of other stages against it', () => {
    expect(decisions([stage(1, 400), stage(1, 10, 50)], 0, 1)).toEqual(['in', 'in']);
  });
});

describe('when several flows meet in a stage', () => {
  it('should judge each request by what the stage says of its own flow', () => {
    const [flood, trickle] = [Symbol('flood'), Symbol('trickle')];
    const of = (flow: Flow, value: number): number => (flow === flood ? value : 0);
    const full = { ...stage(0, 0), waitingShare: (flow: Flow) => of(flow, 4) };
    const slow = { ...stage(0, 0), predictedWaitMs: (_now: number, flow: Flow) => of(flow, 5000) };
    expect(new Admission([full], 4).refusal(0, 1000, flood)?.code).toBe('QUEUE_FULL');
    expect(new Admission([full], 4).refusal(0, 1000, trickle)).toBeUndefined();
    const admission = new Admission([slow], 4);
    const answers = [flood, flood, trickle].map((flow) => admission.refusal(0, 1000, flow)?.code);
    expect(answers).toEqual([undefined, 'DEADLINE_UNREACHABLE', undefined]);
  });
});

describe('when a request is refused', () => {
  const named = (part: Partial<AdmissionStage>): AdmissionStage & { shed: Mock } => ({
    ...stage(1, 10),
    ...part,
    shed: vi.fn<(code: string) => void>(),
  });

  it.each<[string, Partial<AdmissionStage>, Partial<AdmissionStage>, string]>([
    ['the full queue', {}, { waitingShare: () => 4 }, 'QUEUE_FULL'],
    ['the longest wait', {}, { predictedWaitMs: () => 5000 }, 'DEADLINE_UNREACHABLE'],
    [
      'the limit of its own',
      { predictedWaitMs: () => 500 },
      { predictedWaitMs: () => 60, maxQueueWaitMs: 50 },
      'DEADLINE_UNREACHABLE',
    ],
  ])('should tell the stage that is to blame: %s', (_why, innocent, guilty, code) => {
    const stages = [named(innocent), named(guilty)];
    const admission = new Admission(stages, 4);
    admission.refusal(0, 1000, SOLE_FLOW);
    admission.refusal(1, 1001, SOLE_FLOW);
    expect(stages[0]!.shed).not.toHaveBeenCalled();
    expect(stages[1]!.shed).toHaveBeenLastCalledWith(code);
  });
});
