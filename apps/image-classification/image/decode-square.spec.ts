import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeSquare, readHeader } from './decode-square.js';

/** Three squares side by side: red, green, blue. */
function flag(side = 8): Sharp {
  const square = (background: string, index: number) => ({
    input: { create: { width: side, height: side, channels: 3 as const, background } },
    left: index * side,
    top: 0,
  });
  return sharp({ create: { width: 3 * side, height: side, channels: 3, background: 'red' } }).composite([
    square('lime', 1),
    square('blue', 2),
  ]);
}

async function decode(bytes: Buffer, side: number) {
  const header = await readHeader(bytes);
  return header && decodeSquare(bytes, header, side);
}

describe('when a picture is decoded', () => {
  it('should give the square in its middle at the size asked for', async () => {
    const picture = await decode(await flag().png().toBuffer(), 16);
    expect(picture).toMatchObject({ width: 16, height: 16 });
    expect([...picture!.data]).toEqual(Array.from({ length: 256 }, () => [0, 255, 0]).flat());
  });

  it('should turn it upright first', async () => {
    const lying = flag().extract({ left: 0, top: 0, width: 16, height: 8 }).jpeg({ quality: 100 });
    const upright = await decode(await lying.withMetadata({ orientation: 6 }).toBuffer(), 4);
    // A half of the square is the lower half of the red one, the other the upper half of the green one.
    expect(upright!.data[0]).toBeGreaterThan(200);
    expect(upright!.data[1]).toBeLessThan(60);
    expect(upright!.data[45]).toBeLessThan(60);
    expect(upright!.data[46]).toBeGreaterThan(200);
  });

  it.each([
    ['grey levels', (image: Sharp) => image.greyscale().png()],
    ['a palette', (image: Sharp) => image.png({ palette: true })],
    ['16 bits', (image: Sharp) => image.toColourspace('rgb16').png()],
    ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
    ['transparency', (image: Sharp) => image.ensureAlpha(0.5).webp()],
  ])('should give three bytes a pixel for %s', async (_, encode) => {
    expect((await decode(await encode(flag()).toBuffer(), 4))!.data).toHaveLength(4 * 4 * 3);
  });

  it('should take a picture that is a thousand times as wide as it is high', async () => {
    const line = sharp({ create: { width: 20_000, height: 2, channels: 3, background: 'red' } });
    const picture = await decode(await line.png().toBuffer(), 256);
    expect([...picture!.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });
});

describe('when there is no picture', () => {
  it('should know no header of other bytes, or none', async () => {
    expect(await readHeader(Buffer.from('hello'))).toBeUndefined();
    expect(await readHeader(new Uint8Array())).toBeUndefined();
  });

  it.each(['png', 'jpeg', 'webp'] as const)('should give nothing for a %s that is cut off', async (format) => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const whole = await sharp({ create: { width: 200, height: 200, channels: 3, background: 'white', noise } })
      .toFormat(format)
      .toBuffer();
    expect(await decode(whole.subarray(0, whole.length / 2), 16)).toBeUndefined();
  });
});
