import { describe, expect, it } from 'vitest';
import { encoderInput } from './encoder-input.js';
import { fit, SIDE } from './fit.js';

describe('when a picture is fitted into the square of the encoder', () => {
  it.each([
    [
      { width: 512, height: 256 },
      { width: 1024, height: 512 },
    ],
    [
      { width: 2000, height: 4000 },
      { width: 512, height: 1024 },
    ],
    [
      { width: 1, height: 100_000 },
      { width: 1, height: 1024 },
    ],
  ])('should keep its proportions: %o', (size, expected) => expect(fit(size)).toEqual(expected));
});

describe('when a picture is prepared for the encoder', () => {
  it('should be normalised in the upper left, zero elsewhere', async () => {
    const white = new Uint8Array(4 * 2 * 3).fill(255);
    const { shape, data } = await encoderInput(white, { width: 4, height: 2 });
    expect(shape).toEqual([3, SIDE, SIDE]);
    const at = (channel: number, x: number, y: number) => data[(channel * SIDE + y) * SIDE + x];
    [2.2489, 2.4286, 2.64].forEach((value, channel) => {
      expect(at(channel, 0, 0)).toBeCloseTo(value, 4);
      expect(at(channel, 1023, 511)).toBeCloseTo(value, 4);
      expect(at(channel, 0, 512)).toBe(0);
    });
  });
});
