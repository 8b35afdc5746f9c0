/** Tokens of a text for the encoder of CLIP. */
export const CONTEXT = 77;

/**
 * Exactly `CONTEXT` ids: what is too long is cut off before its end token, what is too short is filled up.
 * @param ids of a text with its begin and end token
 */
export function fitContext(ids: readonly number[], padding: number): number[] {
  if (ids.length > CONTEXT) return [...ids.slice(0, CONTEXT - 1), ids.at(-1) as number];
  return [...ids, ...new Array<number>(CONTEXT - ids.length).fill(padding)];
}
