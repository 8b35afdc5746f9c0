import type { Codec } from '#libs/contracts';
import { json } from './json.codec.js';

/**
 * All codecs of a stage's edges; formats of items are indexes into this list. JSON stands behind codecs that only
 * read: it is for answers alone then.
 */
export function stageCodecs(declared: readonly Codec[] = []): readonly Codec[] {
  return declared.some(({ readOnly }) => !readOnly) ? declared : [...declared, json];
}
