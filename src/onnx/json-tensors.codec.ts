import { isNdArray, json } from '#libs/codec';
import { EncodingError, type Codec } from '#libs/contracts';
import { toListText } from './nested-lists.js';

/**
 * JSON whose arrays are nested lists of numbers: `{ "x": [[1, 2], [3, 4]] }`. What is not finite is written as null,
 * 64-bit integers with all their digits. The codec of `onnxStage`.
 * @publicApi
 */
export const jsonTensors: Codec = {
  name: 'jsonTensors',
  mediaType: json.mediaType,
  decode: (bytes) => json.decode(bytes),
  encode(value) {
    const text = textOf(value);
    if (text === undefined) throw new EncodingError(`JSON has no form for ${typeof value}`);
    return Buffer.from(text);
  },
};

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  if (isNdArray(value)) return listText(value);
  const members = Object.entries(value).map(([name, member]) => [JSON.stringify(name), textOf(member)]);
  return `{${members.flatMap(([name, text]) => (text === undefined ? [] : [`${name}:${text}`])).join(',')}}`;
}

function listText(array: Parameters<typeof toListText>[0]): string {
  try {
    return toListText(array);
  } catch (cause) {
    throw new EncodingError((cause as Error).message, { cause });
  }
}
