import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';
import { Cluster } from './cluster.js';
import { Item } from './item.js';
import { scenarioWith, STAGE } from './scenario.fixture.js';
import type { Scenario } from './scenario.js';

const HORIZON_MS = 60_000;
const STALLED_MS = 3_000;

interface Sent {
  readonly item: Item;
  answeredAt: number;
}

/** So many requests within the first second; hosts are lost in it. */
function send(scenario: Scenario, requests: number, losses: readonly number[]): { sent: Sent[]; cluster: Cluster } {
  const agenda = new Agenda();
  const cluster = new Cluster(agenda, scenario);
  const sent: Sent[] = [];
  for (let index = 0; index < requests; index += 1) {
    const gateway = index % cluster.gateways.length;
    agenda.at((1_000 * index) / requests, () => {
      const entry = { item: new Item(gateway, agenda.now, 1, () => (entry.answeredAt = agenda.now)), answeredAt: NaN };
      sent.push(entry);
      cluster.gateways[gateway]?.request(entry.item);
    });
  }
  for (const [host, time] of losses.entries()) agenda.at(time, () => cluster.lose(host));
  agenda.run(() => agenda.now > HORIZON_MS);
  return { sent, cluster };
}

const answersOf = (sent: readonly Sent[]): number[] => sent.map(({ item }) => item.answers);

describe('when requests are sent', () => {
  it('should answer each exactly once, whatever hosts are lost and whenever', () => {
    fc.assert(
      fc.property(
        fc.record({
          hosts: fc.integer({ min: 2, max: 4 }),
          gateways: fc.integer({ min: 1, max: 3 }),
          stages: fc.constantFrom(
            [STAGE],
            [STAGE, { ...STAGE, maxBatchSize: 4 }],
            [{ ...STAGE, isLocal: true }, STAGE],
          ),
          // Over a slow network a host is often lost between the result and the end of the job: then there are two results.
          rttMs: fc.constantFrom(0.2, 100),
          seed: fc.nat(1_000),
        }),
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 3 }),
        fc.integer({ min: 1, max: 400 }),
        (changes, times, requests) => {
          const { sent } = send(scenarioWith(changes), requests, times.slice(0, changes.hosts - 1));
          expect(answersOf(sent)).toEqual(Array<number>(requests).fill(1));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('should leave no job in the queue, and none with a host', () => {
    const { cluster } = send(scenarioWith({ hosts: 3 }), 500, [300]);
    for (const { queue } of cluster.hosts.flatMap(({ workers }) => workers)) {
      expect([queue.waiting.size, queue.active]).toEqual([0, 0]);
    }
  });
});

describe('when a host is lost', () => {
  const { sent, cluster } = send(scenarioWith({ hosts: 3, stalledMs: STALLED_MS }), 1_000, [500]);
  const latency = ({ item, answeredAt }: Sent): number => answeredAt - item.sentAt;
  const held = sent.filter(({ item }) => item.wasLost);

  it('should run what it had again', () => {
    expect(held.length).toBeGreaterThan(0);
    expect(cluster.requeued).toBe(held.length);
  });

  it('should answer that when its locks have expired and somebody has looked, not before', () => {
    const detected = held.map(latency);
    expect(Math.min(...detected)).toBeGreaterThan(STALLED_MS / 3);
    expect(Math.max(...detected)).toBeLessThan(STALLED_MS + held.length * 50);
  });

  it('should answer the others as ever', () => {
    const others = sent.filter(({ item }) => !item.wasLost).map(latency);
    expect(Math.max(...others)).toBeLessThan(STALLED_MS / 3);
  });
});
