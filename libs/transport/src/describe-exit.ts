import { constants } from 'node:os';

/** Words for how a process ended. */
export function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) return `killed by ${signal}${signal === 'SIGKILL' ? ' (out of memory, or killed from outside)' : ''}`;
  const hidden = Object.entries(constants.signals).find(([, number]) => code !== null && code === 128 + number);
  return `exited with code ${code}${hidden ? ` (${hidden[0]})` : ''}`;
}
