import { describe, expect, it, vi } from 'vitest';
import { tellAll } from './mosec.stage-observers.js';

const observer = () => ({ batchSent: vi.fn(), batchDone: vi.fn(), retried: vi.fn(), shed: vi.fn() });

describe('when batches are observed', () => {
  it('should ask a single observer directly', () => {
    const metrics = observer();
    expect(tellAll(metrics, [])).toBe(metrics);
  });

  it('should tell all of several', () => {
    const [metrics, other] = [observer(), observer()];
    const all = tellAll(metrics, [other]);
    const batch = { workerId: 1, items: [{ arrivedAt: 0 }], sentAt: 2, heldMs: 1, reason: 'full' } as const;
    all.batchSent(batch);
    all.batchDone(1, 4, 3, 2);
    all.retried(2);
    all.shed('QUEUE_FULL');
    for (const { batchSent, batchDone } of [metrics, other]) {
      expect([batchSent.mock.calls, batchDone.mock.calls]).toEqual([[[batch]], [[1, 4, 3, 2]]]);
    }
    expect([metrics.retried.mock.calls, metrics.shed.mock.calls]).toEqual([[[2]], [['QUEUE_FULL']]]);
    expect([other.retried.mock.calls, other.shed.mock.calls]).toEqual([[], []]);
  });
});
