import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestItem } from './batch-collector.fixture.js';
import { FLOWS } from './batch-collector-model.fixture.js';
import { FairQueue } from './fair-queue.js';
import type { Flow } from './flow.js';

type Step =
  | { readonly kind: 'push'; readonly flow: number; readonly count: number }
  | { readonly kind: 'shift'; readonly count: number }
  | { readonly kind: 'remove'; readonly index: number };

const count = fc.integer({ min: 1, max: 8 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), flow: fc.nat(FLOWS.length - 1), count }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('shift' as const), count }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), index: fc.nat(50) }) },
);

/** A fair queue beside plain lists, one per flow. */
class Model {
  readonly queue = new FairQueue<TestItem>();
  readonly waiting = new Map<Flow, TestItem[]>(FLOWS.map((flow) => [flow, []]));
  /** What has left of each other flow since a flow that waits had its turn. */
  private readonly passedOver = new Map<Flow, Flow[]>();
  private made = 0;

  push(flow: Flow): TestItem {
    const item = new TestItem(this.made++, Infinity, flow);
    if (this.of(flow).length === 0) this.passedOver.set(flow, []);
    this.of(flow).push(item);
    this.queue.push(item);
    return item;
  }

  /** Checks that the item is the first of its flow, and that no flow has left twice while another waited. */
  shift(): TestItem | undefined {
    const item = this.queue.shift();
    if (!item) return void expect(this.all).toEqual([]);
    expect(item).toBe(this.of(item.flow).shift());
    for (const [flow, items] of this.waiting) {
      if (flow === item.flow || items.length === 0) continue;
      const passed = this.passedOver.get(flow) ?? [];
      expect(passed).not.toContain(item.flow);
      passed.push(item.flow);
    }
    this.passedOver.set(item.flow, []);
    return item;
  }

  remove(index: number): void {
    const item = this.all[index % Math.max(1, this.all.length)];
    if (!item) return;
    expect(this.queue.remove(item)).toBe(true);
    expect(this.queue.remove(item)).toBe(false);
    const items = this.of(item.flow);
    items.splice(items.indexOf(item), 1);
  }

  get all(): TestItem[] {
    return [...this.waiting.values()].flat();
  }

  private of(flow: Flow): TestItem[] {
    return this.waiting.get(flow) as TestItem[];
  }
}

function play(model: Model, one: Step): void {
  if (one.kind === 'remove') model.remove(one.index);
  else if (one.kind === 'shift') for (let left = one.count; left > 0; left -= 1) model.shift();
  else for (let left = one.count; left > 0; left -= 1) model.push(FLOWS[one.flow] as Flow);
}

describe('when flows come, go and are cancelled in any order', () => {
  it('should let each leave in order, and none twice while another waits', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const model = new Model();
        for (const one of steps) {
          play(model, one);
          expect(model.queue.size).toBe(model.all.length);
          const first = Math.min(...model.all.map(({ arrivedAt }) => arrivedAt));
          expect(model.queue.oldest?.arrivedAt).toBe(model.all.length > 0 ? first : undefined);
        }
        while (model.shift());
      }),
      { numRuns: 500 },
    );
  });

  it('should never let more pass a new item than it says are ahead, while nothing else arrives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(FLOWS.length - 1), (steps, index) => {
        const model = new Model();
        for (const one of steps) play(model, one);
        const flow = FLOWS[index] as Flow;
        const share = model.queue.share(flow);
        const ahead = model.queue.ahead(flow);
        const item = model.push(flow);
        let passed = 0;
        while (model.shift() !== item) passed += 1;
        expect(passed).toBeLessThanOrEqual(ahead);
        expect(passed).toBeGreaterThanOrEqual(share - FLOWS.length);
      }),
      { numRuns: 500 },
    );
  });
});
