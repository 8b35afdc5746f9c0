import { describe, expect, it } from 'vitest';
import { FlowCounts } from './flow-counts.js';

describe('when flows share a stage', () => {
  it('should count of each other one at most as many as of its own', () => {
    const [small, large] = [Symbol('small'), Symbol('large')];
    const counts = new FlowCounts();
    for (let i = 0; i < 10; i++) counts.add(large);
    for (let i = 0; i < 3; i++) counts.add(small);
    expect(counts.share(small)).toBe(6);
    expect(counts.share(large)).toBe(13);
    for (let i = 0; i < 3; i++) counts.remove(small);
    expect(counts.share(small)).toBe(0);
    expect(counts.share(large)).toBe(10);
  });
});
