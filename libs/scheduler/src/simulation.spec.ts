import { describe, expect, it } from 'vitest';
import { Simulation, type Load } from './simulation.fixture.js';

const slowModel = { baseMs: 20, perItemMs: 1, maxWaitMs: 5 };

const closedLoads: Load[] = [
  ...[1, 2, 8, 24, 32, 48, 64].map((clients) => ({ clients })),
  { clients: 8, thinkMs: 4 },
  { clients: 32, ...slowModel },
  { clients: 16, baseMs: 50, perItemMs: 3 },
  { clients: 8, replicas: 2 },
  { clients: 48, replicas: 2 },
  { clients: 64, replicas: 4 },
  { clients: 32, replicas: 2, ...slowModel },
];

const openLoads: Load[] = [
  ...[20, 100, 500, 1500, 3000].map((perSecond) => ({ perSecond })),
  { perSecond: 1500, replicas: 2 },
];

function expectAtLeast(load: Load, share: number): void {
  const adaptive = new Simulation(load, 'adaptive').run().throughput;
  expect(adaptive).toBeGreaterThanOrEqual(share * new Simulation(load, 'never').run().throughput);
  expect(adaptive).toBeGreaterThanOrEqual(share * new Simulation(load, 'fixed').run().throughput);
}

describe('when every client waits for its answer', () => {
  it.each(closedLoads)('should serve at least as much as never waiting and as fixed waiting: %o', (load) => {
    expectAtLeast(load, 0.97);
  });

  it('should lose little where three clients share two replicas', () => {
    expectAtLeast({ clients: 3, replicas: 2 }, 0.97);
  });

  it.each([
    [{ clients: 2 }, 1.8],
    [{ clients: 8 }, 1.7],
    [{ clients: 24 }, 1.5],
    [{ clients: 48, replicas: 2 }, 1.4],
  ])('should serve far more than never waiting where batches form: %o, %d times', (load, factor) => {
    const never = new Simulation(load, 'never').run().throughput;
    expect(new Simulation(load, 'adaptive').run().throughput).toBeGreaterThanOrEqual(factor * never);
  });
});

describe('when requests arrive at random', () => {
  it.each(openLoads)('should answer as soon as fixed waiting at the median, and keep up: %o', (load) => {
    const adaptive = new Simulation(load, 'adaptive').run();
    const fixed = new Simulation(load, 'fixed').run();
    expect(adaptive.p50).toBeLessThanOrEqual(fixed.p50);
    expect(adaptive.throughput).toBeGreaterThanOrEqual(0.99 * fixed.throughput);
  });
});
