import type { Contenders } from './contenders.js';

export type Turn = Exclude<keyof Contenders, 'stop'>;

/** Which of the two is measured first in a round (from 1): it changes. */
export function turnsOf(round: number): readonly Turn[] {
  return round % 2 === 0 ? ['peer', 'ours'] : ['ours', 'peer'];
}
