import { Random } from '../model/random.js';
import { split } from './cost.js';
import { JobMeasurement, type JobCosts } from './job-costs.js';
import { LocalRedis } from './local-redis.js';
import { blockCost, publishCost, type ValueCosts, valueCosts } from './value-costs.js';

const ITEMS = 12_800;
const BURST = 32;
const LISTENERS = 16;
const FEW_ACTIVE = 640;
const MANY_ACTIVE = 32_000;

/** What the commands of remote stages cost on this machine; see `Parameters`. */
export async function measureParameters(progress: (text: string) => void): Promise<Record<string, number>> {
  const server = await LocalRedis.start();
  try {
    progress('warm-up');
    await jobs(server, 'warm-up', BURST);
    progress('jobs, one at a time and in bursts');
    const [one, many] = [await jobs(server, 'one', 1), await jobs(server, 'many', BURST)];
    progress('values');
    const [oneValue, manyValues] = [await valueCosts(server, ITEMS, 1), await valueCosts(server, ITEMS, BURST)];
    progress('bells');
    const silent = await publishCost(server, 0, ITEMS, 1);
    const heard = await publishCost(server, LISTENERS, ITEMS, 1);
    const listenerUs = (heard.redisUs - silent.redisUs) / LISTENERS;
    const block = await blockCost(server, ITEMS / 2);
    progress('long lists of active jobs');
    const searchUsPerThousand = await searchCost(server);
    const others = { listenerUs, blockUs: block.redisUs, searchUsPerThousand };
    return {
      ...redisCosts(one, many, oneValue, manyValues),
      ...others,
      ...clientCosts(one, many, oneValue, manyValues),
    };
  } finally {
    await server.stop();
  }
}

async function jobs(server: LocalRedis, name: string, size: number): Promise<JobCosts> {
  const measurement = new JobMeasurement(server, name);
  const costs = await measurement.run(ITEMS, size);
  await measurement.close();
  return costs;
}

async function searchCost(server: LocalRedis): Promise<number> {
  const random = new Random(1);
  const cost = async (active: number): Promise<number> => {
    const measurement = new JobMeasurement(server, `active-${active}`);
    const { redisUs } = await measurement.finishAmong(active, FEW_ACTIVE, BURST, () => random.next());
    await measurement.close();
    return redisUs;
  };
  const few = await cost(FEW_ACTIVE);
  return ((await cost(MANY_ACTIVE)) - few) / ((MANY_ACTIVE - FEW_ACTIVE) / 1_000);
}

function redisCosts(one: JobCosts, many: JobCosts, value: ValueCosts, values: ValueCosts): Record<string, number> {
  const { call } = split(value.set.redisUs, values.set.redisUs, BURST);
  const each = (redisUs: number): number => redisUs - call / BURST;
  return {
    callUs: call,
    addUs: each(many.add.redisUs),
    fetchUs: each(many.fetch.redisUs),
    emptyFetchUs: one.emptyFetch.redisUs - call,
    finishUs: each(many.finish.redisUs),
    lastFinishUs: each(many.lastFinish.redisUs),
    setUs: each(values.set.redisUs),
    getUs: each(values.get.redisUs),
    getdelUs: each(values.getdel.redisUs),
    unlinkUs: each(values.unlink.redisUs),
    publishUs: each(values.publish.redisUs),
    kibUs: values.kibUs,
    renewUs: many.renew.redisUs,
    stalledCheckUs: many.stalledCheck.redisUs,
    'one.addUs': one.add.redisUs,
    'one.fetchUs': one.fetch.redisUs,
    'one.finishUs': one.finish.redisUs,
    'one.getUs': value.get.redisUs,
  };
}

/** Of the processes that give these commands: a gateway sends and fetches results, a host takes and completes. */
function clientCosts(one: JobCosts, many: JobCosts, value: ValueCosts, values: ValueCosts): Record<string, number> {
  const send = split(one.add.ownUs + value.set.ownUs, many.add.ownUs + values.set.ownUs, BURST);
  const result = split(value.getdel.ownUs, values.getdel.ownUs, BURST);
  const take = split(one.fetch.ownUs + value.get.ownUs, many.fetch.ownUs + values.get.ownUs, BURST);
  const finish = split(
    one.finish.ownUs + value.set.ownUs - one.fetch.ownUs,
    many.finish.ownUs + values.set.ownUs - many.fetch.ownUs,
    BURST,
  );
  return {
    'gateway.send.turnUs': send.call,
    'gateway.sendUs': send.each,
    'gateway.result.turnUs': result.call,
    'gateway.resultUs': result.each,
    'host.take.turnUs': take.call,
    'host.takeUs': take.each,
    'host.finish.turnUs': finish.call,
    'host.finishUs': finish.each,
  };
}
