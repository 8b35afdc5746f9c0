import { describe, expect, it } from 'vitest';
import { describeStatistics } from './describe-statistics.js';
import { ModelStatistics } from './model-statistics.js';
import { StageStatistics } from './stage-statistics.js';

describe('when the statistics of a model are asked for', () => {
  const stages = new StageStatistics();
  const model = new ModelStatistics();
  const report = () =>
    describeStatistics({ name: 'm', version: '1' }, model, {
      stages: ['Before', 'Model', 'After'].map((stage) => stages.of(stage)),
      modelStage: 1,
    }) as Record<string, unknown>;

  it('should be zero before the first request', () => {
    expect(report()).toMatchObject({ last_inference: 0, inference_count: 0, execution_count: 0, batch_stats: [] });
  });

  it('should count requests, items and batches, in nanoseconds', () => {
    model.answered(2, 3);
    model.answered(0.5, 0);
    const [before, inside, after] = ['Before', 'Model', 'After'].map((stage) => stages.watch(stage));
    const sent = { workerId: 1, items: [], sentAt: 9, heldMs: 1, reason: 'full' } as const;
    for (const stage of [before, inside, after]) stage?.batchSent(sent);
    before?.batchDone(1, 1, 0, 1);
    inside?.batchDone(1, 4, 0, 8);
    inside?.batchDone(2, 1, 0, 2);
    inside?.batchDone(1, 5, 0, 8);
    after?.batchDone(1, 0.25, 0, 1);
    expect(report()).toMatchObject({
      inference_count: 3,
      execution_count: 3,
      inference_stats: {
        success: { count: 1, ns: 2_000_000 },
        fail: { count: 1, ns: 500_000 },
        queue: { count: 3, ns: 3_000_000 },
        compute_input: { count: 1, ns: 1_000_000 },
        compute_infer: { count: 3, ns: 10_000_000 },
        compute_output: { count: 1, ns: 250_000 },
      },
      batch_stats: [
        { batch_size: 2, compute_infer: { count: 1, ns: 1_000_000 } },
        { batch_size: 8, compute_infer: { count: 2, ns: 9_000_000 } },
      ],
    });
  });
});
