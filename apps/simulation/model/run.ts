import { Agenda } from './agenda.js';
import { Cluster } from './cluster.js';
import { Item } from './item.js';
import { Meter } from './meter.js';
import { Random } from './random.js';
import type { Load, Scenario } from './scenario.js';
import type { Result } from './result.js';

export interface RunLength {
  /** Answers before the measurement begins, and within it. */
  readonly warmUp: number;
  readonly measured: number;
  /** So many hosts are lost when the measurement begins. */
  readonly loseHosts?: number;
}

/** Virtual time is over then, whatever the answers. */
const LONGEST_MS = 600_000;

/** Puts the load on the cluster. */
export function run(scenario: Scenario, load: Load, length: RunLength): Result {
  const agenda = new Agenda();
  const cluster = new Cluster(agenda, scenario);
  const meter = new Meter(cluster);
  const isWarm = (): boolean => meter.answered >= length.warmUp || agenda.now > LONGEST_MS;
  if ('clients' in load) closedLoop(cluster, load.clients, meter);
  else poisson(cluster, load.perSecond, meter);
  agenda.run(isWarm);
  meter.begin();
  for (let host = 0; host < (length.loseHosts ?? 0); host += 1) cluster.lose(host);
  const end = length.warmUp + length.measured;
  agenda.run(() => meter.answered >= end || agenda.now > LONGEST_MS);
  return meter.end();
}

/** Each client sends again as soon as it is answered. */
function closedLoop({ agenda, gateways, scenario }: Cluster, clients: number, meter: Meter): void {
  const random = new Random(scenario.seed);
  const RAMP_MS = 5;
  for (let client = 0; client < clients; client += 1) {
    const index = client % gateways.length;
    const send = (): void =>
      gateways[index]?.request(meter.sent(new Item(index, agenda.now, scenario.requestKib, answered)));
    const answered = (item: Item): void => {
      meter.took(item);
      send();
    };
    agenda.at(random.next() * RAMP_MS, send);
  }
}

/** Requests at random, each to any gateway. */
function poisson({ agenda, gateways, scenario }: Cluster, perSecond: number, meter: Meter): void {
  const random = new Random(scenario.seed);
  const gapMs = 1_000 / perSecond;
  const arrive = (): void => {
    const index = random.below(gateways.length);
    gateways[index]?.request(meter.sent(new Item(index, agenda.now, scenario.requestKib, (item) => meter.took(item))));
    agenda.after(random.exponential(gapMs), arrive);
  };
  agenda.at(0, arrive);
}
