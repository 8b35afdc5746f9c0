import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';

const never = (): boolean => false;

describe('when events are planned in any order', () => {
  it('should let them happen by time, and at the same time in the order of planning', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const agenda = new Agenda();
        const happened: [number, number][] = [];
        for (const [order, time] of times.entries()) agenda.at(time, () => happened.push([agenda.now, order]));
        agenda.run(never);
        const expected = times.map((time, order): [number, number] => [time, order]);
        expect(happened).toEqual(expected.sort(([time, order], [other, later]) => time - other || order - later));
      }),
    );
  });

  it('should let happen what an event plans, and never go back', () => {
    const agenda = new Agenda();
    const times: number[] = [];
    agenda.at(5, () => {
      agenda.at(1, () => times.push(agenda.now));
      agenda.after(2, () => times.push(agenda.now));
    });
    agenda.at(6, () => times.push(agenda.now));
    agenda.run(never);
    expect(times).toEqual([5, 6, 7]);
  });

  it('should stop when it is over, and go on later', () => {
    const agenda = new Agenda();
    let count = 0;
    for (const time of [1, 2, 3]) agenda.at(time, () => count++);
    agenda.run(() => count === 2);
    expect([count, agenda.now]).toEqual([2, 2]);
    agenda.run(never);
    expect([count, agenda.now]).toEqual([3, 3]);
  });
});
