import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
/** Columns of a line of `/proc/stat` in which a processor waits: `idle` and `iowait` (proc(5)). */
const WAITING = [3, 4];
/** Up to `steal`; what follows is counted in the first two columns already. */
const COLUMNS = 8;

/** Processor seconds that the cores which this program may use have spent so far, on whatever program. */
export function machineCpuSeconds(): number {
  const allowed = /^Cpus_allowed_list:\s+(\S+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '';
  return parseBusySeconds(readFileSync('/proc/stat', 'latin1'), parseCpuList(allowed));
}

/** `0-2,5` as 0, 1, 2, 5. */
export function parseCpuList(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** @param stat content of `/proc/stat` */
export function parseBusySeconds(stat: string, cores: readonly number[]): number {
  const busy = cores.map((core) => {
    const columns = new RegExp(`^cpu${core} (.*)$`, 'm').exec(stat)?.[1]?.split(' ').slice(0, COLUMNS) ?? [];
    return columns.reduce((sum, ticks, column) => sum + (WAITING.includes(column) ? 0 : Number(ticks)), 0);
  });
  return busy.reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
}
