/** Of Stable Diffusion 1 and 2: `scheduler_config.json` in their repositories. */
const TRAINING_STEPS = 1000;
const BETA_START = 0.00085;
const BETA_END = 0.012;
const OFFSET = 1;

/**
 * Share of the picture that is left in a noisy one after each step of the training: the square root of beta grows evenly.
 */
export const SIGNAL_SHARES: Float64Array = signalShares();

function signalShares(): Float64Array {
  const [start, end] = [Math.sqrt(BETA_START), Math.sqrt(BETA_END)];
  let share = 1;
  return Float64Array.from({ length: TRAINING_STEPS }, (_, step) => {
    const root = start + ((end - start) * step) / (TRAINING_STEPS - 1);
    share *= 1 - root * root;
    return share;
  });
}

/** One step of the loop, from a noise level to a lower one. */
export interface Step {
  /** What the UNet is told. */
  readonly timestep: number;
  readonly share: number;
  readonly nextShare: number;
}

/** From all noise to none, evenly spaced. */
export function schedule(steps: number): Step[] {
  const spacing = Math.floor(TRAINING_STEPS / steps);
  return Array.from({ length: steps }, (_, index) => {
    const timestep = (steps - 1 - index) * spacing + OFFSET;
    const next = Math.max(0, timestep - spacing);
    return { timestep, share: SIGNAL_SHARES[timestep]!, nextShare: SIGNAL_SHARES[next]! };
  });
}
