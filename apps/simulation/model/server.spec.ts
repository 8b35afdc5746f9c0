import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';
import { Random } from './random.js';
import { Server } from './server.js';

const SERVICE_MS = 1;
const ARRIVALS = 200_000;

/** Poisson arrivals at one server: mean wait and share of time that it works. */
function queue(load: number, serviceMs: (random: Random) => number): { waitMs: number; busy: number } {
  const agenda = new Agenda();
  const server = new Server(agenda);
  const random = new Random(7);
  let [arrived, served, waitMs] = [0, 0, 0];
  const arrive = (): void => {
    const [arrivedAt, costMs] = [agenda.now, serviceMs(random)];
    server.serve(costMs, () => {
      served += 1;
      waitMs += agenda.now - arrivedAt - costMs;
    });
    if (++arrived < ARRIVALS) agenda.after(random.exponential(SERVICE_MS / load), arrive);
  };
  agenda.at(0, arrive);
  agenda.run(() => false);
  expect(served).toBe(ARRIVALS);
  return { waitMs: waitMs / served, busy: server.busyMs / agenda.now };
}

const within = (value: number, expected: number, share: number): void => {
  expect(value).toBeGreaterThan(expected * (1 - share));
  expect(value).toBeLessThan(expected * (1 + share));
};

describe.each([0.3, 0.6, 0.8])('when a server has a load of %d', (load) => {
  it('should let requests of one length wait as M/D/1 says', () => {
    const { waitMs } = queue(load, () => SERVICE_MS);
    within(waitMs, (load * SERVICE_MS) / (2 * (1 - load)), 0.05);
  });

  it('should let requests of random length wait as M/M/1 says', () => {
    const { waitMs } = queue(load, (random) => random.exponential(SERVICE_MS));
    within(waitMs, (load * SERVICE_MS) / (1 - load), 0.05);
  });

  it('should be busy for that share of the time', () => {
    within(queue(load, () => SERVICE_MS).busy, load, 0.01);
  });
});

describe('when a server has more to do than it has done', () => {
  it('should count as busy only the time until now', () => {
    const agenda = new Agenda();
    const server = new Server(agenda);
    agenda.at(2, () => {
      server.serve(10, () => undefined);
      server.serve(10, () => undefined);
    });
    let busyMs = 0;
    agenda.at(5, () => (busyMs = server.busyMs));
    agenda.run(() => false);
    expect([busyMs, server.busyMs, agenda.now]).toEqual([3, 20, 22]);
  });
});
