import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordingItem } from './stage-pool.fixture.js';
import { Suspects } from './suspects.js';

function takeAll(suspects: Suspects): string[] {
  const names: string[] = [];
  for (let item = suspects.next(); item; item = suspects.next()) names.push((item as RecordingItem).name);
  return names;
}

describe('when items are suspected of killing their replica', () => {
  it('should come out with the earliest deadline first, in order of arrival where equal', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5), fc.constant(Infinity))), (deadlines) => {
        const suspects = new Suspects();
        deadlines.forEach((deadline, i) => suspects.add(new RecordingItem(String(i), deadline)));
        expect(suspects.size).toBe(deadlines.length);
        const expected = [...deadlines.keys()].sort((one, other) => {
          const [first, second] = [deadlines[one]!, deadlines[other]!];
          return first === second ? one - other : first < second ? -1 : 1;
        });
        expect(takeAll(suspects)).toEqual(expected.map(String));
      }),
    );
  });

  it('should leave when nobody waits for them', () => {
    const suspects = new Suspects();
    const items = ['a', 'b', 'c'].map((name) => new RecordingItem(name));
    for (const item of items) suspects.add(item);
    expect([suspects.remove(items[1]!), suspects.remove(items[1]!)]).toEqual([true, false]);
    expect(takeAll(suspects)).toEqual(['a', 'c']);
    expect(suspects.next()).toBeUndefined();
  });
});
