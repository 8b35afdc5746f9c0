import { describe, expect, it } from 'vitest';
import { image } from './image.codec.js';
import { json } from './json.codec.js';
import { multipart } from './multipart.codec.js';
import { stageCodecs } from './stage-codecs.js';
import { text } from './text.codec.js';

describe('when a stage names its codecs', () => {
  it.each([
    [undefined, [json]],
    [[text], [text]],
    [
      [image, text],
      [image, text],
    ],
    [
      [image, multipart],
      [image, multipart, json],
    ],
  ])('should write answers in JSON where none of them writes: %#', (declared, codecs) => {
    expect(stageCodecs(declared)).toEqual(codecs);
  });
});
