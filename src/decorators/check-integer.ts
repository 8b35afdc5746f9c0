import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';

/** Node's timers fire at once beyond this. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** Refuses anything but an integer in range; undefined stands for the default. */
export function checkInteger(
  owner: string,
  option: string,
  value: number | undefined,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new MosecConfigurationError(`${owner} has ${option} "${String(value)}": give an integer ${range}.`);
}
