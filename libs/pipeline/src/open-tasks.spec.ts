import { describe, expect, it } from 'vitest';
import { OpenTasks } from './open-tasks.js';

function tasks(count: number) {
  const open = new OpenTasks<{ readonly name: number; openPlace: number }>();
  const members = Array.from({ length: count }, (_, name) => ({ name, openPlace: -1 }));
  for (const member of members) open.add(member);
  const names = (): number[] =>
    open
      .all()
      .map(({ name }) => name)
      .sort();
  return { open, members, names };
}

describe('when requests are open', () => {
  it.each([0, 1, 2])('should keep the others when number %d of three leaves', (leaving) => {
    const { open, members, names } = tasks(3);
    open.delete(members[leaving]!);
    expect([names(), open.size]).toEqual([[0, 1, 2].filter((name) => name !== leaving), 2]);
  });

  it('should ignore one that has left before', () => {
    const { open, members, names } = tasks(2);
    open.delete(members[0]!);
    open.delete(members[0]!);
    expect(names()).toEqual([1]);
  });

  it('should be empty once all have left, in whatever order', () => {
    const { open, members } = tasks(5);
    for (const index of [2, 4, 0, 3, 1]) open.delete(members[index]!);
    expect([open.size, open.all()]).toEqual([0, []]);
  });

  it('should let its members leave while one goes through them', () => {
    const { open } = tasks(4);
    let seen = 0;
    for (const member of open.all()) {
      open.delete(member);
      seen++;
    }
    expect([seen, open.size]).toEqual([4, 0]);
  });
});
