import { readdirSync, readFileSync } from 'node:fs';
import { parseKilobytes, parseStat, type ProcessStat } from './stat.js';

/** Memory of some processes. */
export interface Memory {
  readonly bytes: number;
  /** `PSS` counts a page that n processes share as 1/n in each; `RSS` counts it in full in each. */
  readonly kind: 'PSS' | 'RSS';
}

/** A process and all that it started, directly or not (Linux); without those that end meanwhile. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** Processes that `pid` has started, from whichever of its threads, and that still run. */
export function childrenOf(pid: number): number[] {
  const threads = ifThere(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const read = (thread: string): string | undefined =>
    ifThere(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1'));
  return threads.flatMap((thread) => read(thread)?.split(' ').filter(Boolean).map(Number) ?? []);
}

/** Undefined for a process that is gone. */
export function statOf(pid: number): ProcessStat | undefined {
  const text = ifThere(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return text === undefined ? undefined : parseStat(text);
}

export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.cpuSeconds ?? 0), 0);
}

/** PSS where the system tells it of every one of them, RSS otherwise. */
export function memoryOf(pids: readonly number[]): Memory {
  const pss = sum(pids.map((pid) => field(pid, 'smaps_rollup', 'Pss')));
  if (!Number.isNaN(pss)) return { bytes: pss, kind: 'PSS' };
  return { bytes: sum(pids.map((pid) => field(pid, 'status', 'VmRSS'))), kind: 'RSS' };
}

function field(pid: number, file: string, name: string): number {
  const text = ifThere(() => readFileSync(`/proc/${pid}/${file}`, 'latin1'));
  return text === undefined ? NaN : parseKilobytes(text, name);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A process may end at any time, and its files with it. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
