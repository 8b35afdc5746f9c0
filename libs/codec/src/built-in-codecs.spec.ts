import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, STORED_FORMAT } from '#libs/contracts';
import { builtInCodec, builtInFormat } from './built-in-codecs.js';
import { bytes, image, json, msgpack, multipart, numbin, text } from './index.js';

const all = [json, text, bytes, msgpack, numbin, multipart, image];

describe('when a codec is known by its format', () => {
  it.each(all)('should find $name again', (codec) => {
    expect(builtInCodec(builtInFormat(codec) ?? 0)).toBe(codec);
  });

  it('should have formats of their own, apart from those of hand-overs and of the codecs of a stage', () => {
    const formats = all.map((codec) => builtInFormat(codec) ?? 0);
    expect(new Set([...formats, HOP_FORMAT, STORED_FORMAT, 0, 1]).size).toBe(all.length + 4);
  });

  it('should not know one of a user, also of the same name', () => {
    expect(builtInFormat({ ...json })).toBeUndefined();
    expect(builtInCodec(0)).toBeUndefined();
    expect(builtInCodec(HOP_FORMAT)).toBeUndefined();
  });
});
