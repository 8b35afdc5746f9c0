import type { Step } from './noise-schedule.js';

/**
 * One deterministic step of DDIM (https://arxiv.org/abs/2010.02502, equation 12 without noise of its own): what the
 * picture would be without the predicted noise, at the next noise level. Changes `latents`.
 */
export function ddimStep(latents: Float32Array, noise: Float32Array, { share, nextShare }: Step): void {
  const keep = Math.sqrt(nextShare / share);
  const remove = Math.sqrt(1 - nextShare) - keep * Math.sqrt(1 - share);
  for (let i = 0; i < latents.length; i++) latents[i] = keep * latents[i]! + remove * noise[i]!;
}

/** Classifier-free guidance (https://arxiv.org/abs/2207.12598): past the noise with the prompt, away from that without. */
export function guide(without: Float32Array, withPrompt: Float32Array, guidance: number): Float32Array {
  return withPrompt.map((value, i) => without[i]! + guidance * (value - without[i]!));
}
