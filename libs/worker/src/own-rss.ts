import { readFileSync } from 'node:fs';

/**
 * Resident memory of this process alone, in bytes. What it has mapped of the shared memory counts as resident too, and
 * would stay so in a replacement.
 */
export function ownRssBytes(): number {
  return Math.max(0, process.memoryUsage.rss() - sharedRssBytes());
}

function sharedRssBytes(): number {
  try {
    const [, kib = '0'] = /^RssShmem:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
}
