import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePixels, readImageHeader } from './decode-image.js';

const MANY = 1_000_000;

/** Left half red, right half blue. */
function twoColours(width = 4, height = 2): Sharp {
  const red = { r: 255, g: 0, b: 0 };
  const right = { create: { width: width / 2, height, channels: 3 as const, background: 'blue' } };
  return sharp({ create: { width, height, channels: 3, background: red } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
}

describe('when the bytes begin like an image', () => {
  it('should tell format and size without decoding', async () => {
    const whole = await twoColours(400, 200).png().toBuffer();
    expect(await readImageHeader(whole.subarray(0, whole.length - 20))).toEqual({ format: 'png', pixels: 80_000 });
  });
});

describe('when the bytes are no image', () => {
  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a bare signature', '\x89PNG\r\n\x1a\n'],
  ])('should know no header of %s', async (_, text) => {
    expect(await readImageHeader(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

describe('when an image is whole', () => {
  it('should give RGB pixels', async () => {
    const page = await decodePixels(await twoColours().png().toBuffer(), MANY);
    expect(page).toMatchObject({ width: 4, height: 2 });
    expect([...page!.data.subarray(0, 12)]).toEqual([255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255]);
  });

  it.each([
    ['a palette', (image: Sharp) => image.png({ palette: true })],
    ['grey levels', (image: Sharp) => image.greyscale().png()],
    ['16 bits', (image: Sharp) => image.toColourspace('rgb16').png()],
    ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
    ['WebP', (image: Sharp) => image.webp()],
  ])('should give three bytes a pixel for %s', async (_, encode) => {
    const page = await decodePixels(await encode(twoColours()).toBuffer(), MANY);
    expect(page!.data).toHaveLength(4 * 2 * 3);
  });

  it('should lay transparency on white', async () => {
    const clear = sharp({ create: { width: 1, height: 1, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    expect([...(await decodePixels(await clear.png().toBuffer(), MANY))!.data]).toEqual([255, 255, 255]);
  });

  it('should turn it upright', async () => {
    const lying = await twoColours().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await decodePixels(lying, MANY)).toMatchObject({ width: 2, height: 4 });
  });

  it('should take the first frame of an animation', async () => {
    const frames = await Promise.all([twoColours(), twoColours().negate()].map((image) => image.png().toBuffer()));
    const animation = await sharp(frames, { join: { animated: true } })
      .webp({ lossless: true, delay: [90, 90] })
      .toBuffer();
    const page = await decodePixels(animation, MANY);
    expect(page).toMatchObject({ width: 4, height: 2 });
    expect([...page!.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });
});

describe('when an image cannot be decoded', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('should give nothing for a %s that is cut off', async (format) => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const whole = await sharp({ create: { width: 200, height: 200, channels: 3, background: 'white', noise } })
      .toFormat(format)
      .toBuffer();
    expect(await decodePixels(whole.subarray(0, whole.length / 2), MANY)).toBeUndefined();
  });

  it('should give nothing for one with too many pixels', async () => {
    expect(await decodePixels(await twoColours(100, 100).png().toBuffer(), 9_999)).toBeUndefined();
  });
});
