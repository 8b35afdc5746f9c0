/** What speaks for a space between two letters. */
export interface SpaceEvidence {
  /** Highest probability of a space at any step between the letters, even where it was not the likeliest class. */
  readonly probability: number;
  /** Blank between the letters, as a share of the line's height. */
  readonly gap: number;
}

/** Logistic regression on the tuning lines of `accuracy/`, rounded. */
const BIAS = 4.2;
const WEIGHT_OF_LOGIT = 1.95;
const WEIGHT_OF_GAP = 11.7;
/** Keeps the logit finite; the recogniser is never surer than this. */
const FLOOR = 1e-3;

/**
 * Whether a space belongs here. The recogniser drops spaces, but seldom without a trace: its probability, far too low
 * to win, and the blank on the paper are weighed together.
 */
export function isSpace({ probability, gap }: SpaceEvidence): boolean {
  const logit = Math.log((probability + FLOOR) / (1 - probability + FLOOR));
  return BIAS + WEIGHT_OF_LOGIT * logit + WEIGHT_OF_GAP * gap > 0;
}
