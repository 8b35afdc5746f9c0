import { readFileSync } from 'node:fs';

/** Most memory that a running process has had at a time, in bytes. */
export function memoryPeak(pid: number): number {
  const [, kib = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Number(kib) * 1024;
}
