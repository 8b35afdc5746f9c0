import { readdirSync, readFileSync } from 'node:fs';

/** What the operating system knows of a process (Linux). */
export interface ProcessView {
  readonly rssBytes: number;
  readonly descriptors: number;
}

export function viewProcess(pid: number): ProcessView {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rssBytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  return { rssBytes, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}
