import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentPopulation } from './adaptive-hold-population.js';

interface Expected {
  readonly count: number;
  readonly largest: number;
  readonly mostlyAlone: boolean;
}

/** The definition, by sorting. */
function expected(records: readonly { time: number; population: number }[], capacity: number, now: number): Expected {
  const recent = records.slice(-capacity).filter(({ time }) => now - time < 1000);
  const sorted = recent.map(({ population }) => population).sort((one, other) => one - other);
  return { count: sorted.length, largest: sorted.at(-1) ?? 0, mostlyAlone: sorted[sorted.length >> 1] === 1 };
}

describe('RecentPopulation', () => {
  it('should agree with sorting the last records younger than a second', () => {
    const arrival = fc.record({ gap: fc.integer({ min: 0, max: 400 }), population: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(arrival, { maxLength: 80 }), (capacity, arrivals) => {
        const recent = new RecentPopulation(capacity);
        const records: { time: number; population: number }[] = [];
        let now = 0;
        for (const { gap, population } of arrivals) {
          now += gap;
          recent.add(now, population);
          records.push({ time: now, population });
          if (gap % 3 === 0) continue;
          recent.forget(now);
          const { count, largest, mostlyAlone } = recent;
          expect({ count, largest, mostlyAlone }).toEqual(expected(records, capacity, now));
        }
      }),
    );
  });

  it('should forget a record when it is a second old', () => {
    const recent = new RecentPopulation(4);
    recent.add(0, 5);
    recent.forget(999);
    expect(recent.largest).toBe(5);
    recent.forget(1000);
    expect([recent.count, recent.largest]).toEqual([0, 0]);
  });
});
