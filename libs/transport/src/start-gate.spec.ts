import { describe, expect, it } from 'vitest';
import { StartGate } from './start-gate.js';

/** Enters the gate `count` times; `leave` of those that were let in. */
function enter(gate: StartGate, count: number): (() => void)[] {
  const inside: (() => void)[] = [];
  for (let i = 0; i < count; i += 1) gate.enter((leave) => inside.push(leave));
  return inside;
}

describe('when more workers start than may at once', () => {
  it('should let in as many as the limit and the others as places are given back', () => {
    const inside = enter(new StartGate(2), 4);
    expect(inside).toHaveLength(2);
    inside[1]!();
    expect(inside).toHaveLength(3);
    inside[0]!();
    expect(inside).toHaveLength(4);
  });

  it('should let them in in order', () => {
    const gate = new StartGate(1);
    const order: number[] = [];
    for (const id of [1, 2, 3]) gate.enter((leave) => (order.push(id), leave()));
    expect(order).toEqual([1, 2, 3]);
  });

  it('should count a place that is given back twice once', () => {
    const gate = new StartGate(1);
    const inside = enter(gate, 3);
    inside[0]!();
    inside[0]!();
    expect(inside).toHaveLength(2);
  });

  it('should take one who leaves while entering', () => {
    const gate = new StartGate(1);
    gate.enter((leave) => leave());
    expect(enter(gate, 1)).toHaveLength(1);
  });
});
