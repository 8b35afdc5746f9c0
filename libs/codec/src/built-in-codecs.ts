import type { Codec } from '#libs/contracts';
import { bytes } from './bytes.codec.js';
import { image } from './image.codec.js';
import { json } from './json.codec.js';
import { msgpack } from './msgpack.codec.js';
import { multipart } from './multipart.codec.js';
import { numbin } from './numbin.codec.js';
import { text } from './text.codec.js';

const BUILT_IN: readonly Codec[] = [json, text, bytes, msgpack, numbin, multipart, image];

/** Formats from here on are codecs of this package, whether a stage names them or not: no stage names so many. */
const FIRST_FORMAT = 128;

/** Format by which every stage knows the codec; undefined for one that is not of this package. */
export function builtInFormat(codec: Codec): number | undefined {
  const index = BUILT_IN.indexOf(codec);
  return index < 0 ? undefined : FIRST_FORMAT + index;
}

/** The codec of this package that has the format. */
export function builtInCodec(format: number): Codec | undefined {
  return BUILT_IN[format - FIRST_FORMAT];
}
