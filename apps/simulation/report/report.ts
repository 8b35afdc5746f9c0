import type { Result } from '../model/result.js';
import type { Study } from '../model/study.js';
import { table } from './table.js';

const HEAD = [
  'hosts',
  'gateways',
  'Redis servers',
  'items/s',
  'limit',
  'Redis',
  'gateway',
  'host',
  'replica',
  'batch',
  'p50',
  'p99',
];

/** What clusters of several sizes can do. */
export function scalingTable(studies: readonly Study[]): string {
  return table([HEAD, ...studies.map((study) => scalingRow(study))]);
}

function scalingRow({ scenario, most, limit, usual }: Study): string[] {
  const { redis, gateway, host, replica } = most.utilisation;
  return [
    String(scenario.hosts),
    String(scenario.gateways),
    String(scenario.shards),
    count(most.throughput),
    limit,
    ...[redis, gateway, host, replica].map(percent),
    most.batch.toFixed(1),
    ms(usual.p50),
    ms(usual.p99),
  ];
}

const LOSS_HEAD = [
  'hosts',
  'items/s',
  'requests held',
  'of 1 000',
  'run again',
  'p50',
  'longest',
  'p50 of all',
  'p99 of all',
];

/** What the loss of hosts does to the requests of the seconds after it. */
export function lossTable(losses: readonly { hosts: number; result: Result }[]): string {
  return table([LOSS_HEAD, ...losses.map(({ hosts, result }) => lossRow(hosts, result))]);
}

function lossRow(hosts: number, { throughput, loss, p50, p99, answers }: Result): string[] {
  const { held, requeued } = loss;
  return [
    String(hosts),
    count(throughput),
    String(held),
    ((held / answers) * 1_000).toFixed(1),
    String(requeued),
    ...[loss.p50, loss.longest, p50, p99].map(ms),
  ];
}

export function count(value: number): string {
  const SIGNIFICANT = 3;
  return String(Number(value.toPrecision(SIGNIFICANT))).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function percent(share: number): string {
  return `${(Math.min(1, share) * 100).toFixed(0)} %`;
}

export function ms(value: number): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(0)} ms`;
}
