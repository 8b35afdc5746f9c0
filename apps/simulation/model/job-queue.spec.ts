import { beforeEach, describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';
import { Item } from './item.js';
import { JobQueue, type QueueClient } from './job-queue.js';
import { Redis } from './redis.js';
import { scenarioWith } from './scenario.fixture.js';
import { Work } from './work.js';

class Client implements QueueClient {
  readonly active = new Set<Work>();
  woken = 0;

  wake(): void {
    this.woken += 1;
  }
}

describe('the queue of a stage', () => {
  let agenda: Agenda;
  let queue: JobQueue;
  let [one, other] = [new Client(), new Client()];
  const settle = (): void => agenda.run(() => false);
  const work = (isAlone = false): Work => new Work(new Item(0, 0, 1, () => undefined), 0, isAlone);

  beforeEach(() => {
    const { parameters } = scenarioWith();
    agenda = new Agenda();
    queue = new JobQueue(new Redis(agenda, parameters.redis, parameters, 0.1), 0);
    [one, other] = [new Client(), new Client()];
  });

  it('should give each job to one worker, in order', () => {
    const works = [work(), work(), work()];
    queue.add(works);
    expect([queue.fetch(one), queue.fetch(other), queue.fetch(one), queue.fetch(other)]).toEqual([...works, undefined]);
    expect(queue.active).toBe(3);
    expect([...one.active]).toEqual([works[0], works[2]]);
  });

  it('should count a finished job as active no more, and only once', () => {
    const job = work();
    queue.add([job]);
    queue.fetch(one);
    queue.finish(one, job);
    queue.finish(one, job);
    expect(queue.active).toBe(0);
  });

  it('should wake one idle worker for a burst, and the next when the first has taken a job', () => {
    queue.block(one);
    queue.block(other);
    queue.add([work(), work()]);
    settle();
    expect([one.woken, other.woken]).toEqual([1, 0]);
    queue.fetch(one);
    settle();
    expect([one.woken, other.woken]).toEqual([1, 1]);
  });

  it('should wake at once who comes after the jobs', () => {
    queue.add([work()]);
    queue.block(one);
    queue.block(other);
    settle();
    expect([one.woken, other.woken]).toEqual([1, 0]);
  });

  it('should put the jobs of a lost worker before all others', () => {
    const [lost, waiting] = [work(), work()];
    queue.add([lost, waiting]);
    queue.fetch(one);
    expect(queue.requeue(one, ({ item, stage }) => new Work(item, stage, true))).toBe(1);
    expect(one.active.size).toBe(0);
    const again = queue.fetch(other);
    expect(again).toMatchObject({ isAlone: true, item: lost.item });
    expect(queue.fetch(other)).toBe(waiting);
    expect(queue.active).toBe(2);
  });

  it('should not wake a worker that has left', () => {
    queue.block(one);
    expect(queue.leave(one)).toBe(true);
    expect(queue.leave(one)).toBe(false);
    queue.add([work()]);
    settle();
    expect(one.woken).toBe(0);
  });
});
