import { PARAMETERS } from '../parameters.js';
import { boundsOf } from './bounds.js';
import type { Scenario } from './scenario.js';

/** A scenario of which some numbers are left open. */
export interface Plan extends Omit<Scenario, 'hosts' | 'gateways' | 'shards' | 'parameters'> {
  readonly gateways: number | undefined;
  readonly shards: number | undefined;
}

/** Shares of their time that gateways and Redis servers are planned to be busy at most. */
const GATEWAY_SHARE = 0.6;
const REDIS_SHARE = 0.6;

/** With as many Redis servers and gateways as so many hosts need. */
export function scenarioOf(plan: Plan, hosts: number, parameters = PARAMETERS): Scenario {
  const one = { ...plan, hosts, parameters, gateways: 1, shards: 1 };
  const { replica, host, redis, network, gateway } = boundsOf(one);
  const wanted = Math.min(replica, host);
  const perRedis = Math.min(redis, network) * REDIS_SHARE;
  const shards = plan.shards ?? Math.min(hosts, Math.ceil(wanted / perRedis));
  const served = Math.min(wanted, Math.min(redis, network) * shards);
  const cells = plan.shardBy === 'cell' ? shards : 1;
  const gateways = plan.gateways ?? Math.ceil(served / (gateway * GATEWAY_SHARE) / cells) * cells;
  return { ...one, shards, gateways: Math.max(gateways, cells) };
}
