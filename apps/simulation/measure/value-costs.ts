import type { Redis } from 'ioredis';
import { type Cost, Costs } from './cost.js';
import type { LocalRedis } from './local-redis.js';

const LIFE_MS = 600_000;
const SMALL_BYTES = 64;
const LARGE_KIB = 64;
const LARGE_ITEMS = 2_000;
const CHANNEL = 'bells';
const KIB = 1_024;

export interface ValueCosts {
  readonly set: Cost;
  readonly get: Cost;
  readonly getdel: Cost;
  readonly unlink: Cost;
  readonly publish: Cost;
  /** Of a value with `LARGE_KIB` more, in and out. */
  readonly kibUs: number;
}

/** Binary values and bells, in bursts. */
export async function valueCosts(server: LocalRedis, items: number, size: number): Promise<ValueCosts> {
  const redis = server.connect();
  const costs = new Costs(server);
  const small = Buffer.alloc(SMALL_BYTES);
  const keys = (first: number): string[] => Array.from({ length: size }, (_, index) => `value:${first + index}`);
  const setAll = async (first: number): Promise<unknown> => set(redis, keys(first), small);
  const set1 = await costs.of(items, size, setAll);
  const get = await costs.of(items, size, (first) => redis.mgetBuffer(keys(first)));
  const getdel = await costs.of(items, size, (first) => getdelAll(redis, keys(first)));
  await costs.of(items, size, setAll);
  const unlink = await costs.of(items, size, (first) => redis.unlink(keys(first)));
  const publish = await costs.of(items, size, () => publishAll(redis, size));
  const kibUs = await kibCost(redis, costs, size);
  redis.disconnect();
  return { set: set1, get, getdel, unlink, publish, kibUs };
}

/** `PUBLISH` to so many processes. */
export async function publishCost(server: LocalRedis, listeners: number, items: number, size: number): Promise<Cost> {
  const all = Array.from({ length: listeners }, () => server.connect());
  for (const listener of all) await listener.subscribe(CHANNEL);
  const redis = server.connect();
  const cost = await new Costs(server).of(items, size, () => publishAll(redis, size));
  for (const connection of [redis, ...all]) connection.disconnect();
  return cost;
}

/** `BZPOPMIN` of a connection that has to wait, and its wake-up by another one. */
export async function blockCost(server: LocalRedis, items: number): Promise<Cost> {
  const [waiting, waking] = [server.connect(), server.connect()];
  const costs = new Costs(server);
  const add = await costs.of(items, 1, async () => {
    await waking.zadd('marker', 0, '0');
    await waking.zrem('marker', '0');
  });
  const both = await costs.of(items, 1, async () => {
    const woken = waiting.bzpopmin('marker', 1);
    await waking.ping();
    await waking.zadd('marker', 0, '0');
    await woken;
  });
  for (const connection of [waiting, waking]) connection.disconnect();
  // Two commands on the waking side in both cases: the rest is the waiting one.
  return { redisUs: both.redisUs - add.redisUs, ownUs: both.ownUs - add.ownUs };
}

async function kibCost(redis: Redis, costs: Costs, size: number): Promise<number> {
  const keys = Array.from({ length: size }, (_, index) => `large:${index}`);
  const cost = async (bytes: number): Promise<number> => {
    const value = Buffer.alloc(bytes);
    const { redisUs } = await costs.of(LARGE_ITEMS, size, async () => {
      await set(redis, keys, value);
      await redis.mgetBuffer(keys);
    });
    return redisUs;
  };
  // In and out again.
  return ((await cost(SMALL_BYTES + LARGE_KIB * KIB)) - (await cost(SMALL_BYTES))) / (2 * LARGE_KIB);
}

function set(redis: Redis, keys: readonly string[], value: Buffer): Promise<unknown> {
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.set(key, value, 'PX', LIFE_MS);
  return pipeline.exec();
}

function getdelAll(redis: Redis, keys: readonly string[]): Promise<unknown> {
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.getdelBuffer(key);
  return pipeline.exec();
}

function publishAll(redis: Redis, size: number): Promise<unknown> {
  const pipeline = redis.pipeline();
  for (let index = 0; index < size; index += 1) pipeline.publish(CHANNEL, `bell ${index}`);
  return pipeline.exec();
}
