/** What `/proc/<pid>/stat` tells of a process. */
export interface ProcessStat {
  /** `Z` for one that has ended and that nobody has waited for. */
  readonly state: string;
  /** Of the process and of those of its children that have ended and that it has waited for. */
  readonly cpuSeconds: number;
  /** When it started, in ticks since the system's start: tells it from a later one of the same id. */
  readonly startTicks: number;
}

/** Ticks per second in `/proc`: fixed for programs, whatever the kernel's own rate (proc(5), `USER_HZ`). */
const TICKS_PER_SECOND = 100;
/** Places after the name, which is in parentheses and may hold blanks. proc(5) counts from 1 and the name is 2. */
const STATE = 0;
const CPU_TIMES = [11, 12, 13, 14];
const START_TIME = 19;

export function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = CPU_TIMES.reduce((sum, place) => sum + Number(fields[place]), 0);
  return {
    state: fields[STATE] ?? '',
    cpuSeconds: ticks / TICKS_PER_SECOND,
    startTicks: Number(fields[START_TIME]),
  };
}

/** A line `Name:   123 kB` of a file in `/proc`, in bytes; NaN if it is not there. */
export function parseKilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024;
}
