import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineFinder } from './detection/line-finder.js';
import { decodePixels } from './image/decode-image.js';
import { arrange } from './layout/arrange.js';
import { DetectionModel } from './models/detection.model.js';
import { RecognitionModel } from './models/recognition.model.js';
import { LineReader } from './recognition/line-reader.js';

const detection = new DetectionModel();
const recognition = new RecognitionModel();

beforeAll(async () => {
  await detection.onModuleInit();
  await recognition.onModuleInit();
});
afterAll(async () => {
  await detection.onModuleDestroy();
  await recognition.onModuleDestroy();
});

async function readText(image: Uint8Array): Promise<string[]> {
  const page = (await decodePixels(image, 1e8))!;
  const reader = new LineReader(recognition);
  const read: { text: string; box: { x: number; y: number; width: number; height: number } }[] = [];
  for (const line of await new LineFinder(detection).find(page)) {
    read.push({ text: (await reader.read(line)).text, box: line.box });
  }
  return arrange(read.filter(({ text }) => text !== '')).map(({ text }) => text);
}

function sample(name: string): Promise<Buffer> {
  return readFile(new URL(`samples/${name}`, import.meta.url));
}

async function expected(name: string): Promise<string[]> {
  return (await sample(`${name}.expected.txt`)).toString('utf8').trimEnd().split('\n');
}

describe('when the page has one column and a price list', () => {
  it('should read every line, the prices beside their articles', async () => {
    expect(await readText(await sample('letter.png'))).toEqual(await expected('letter'));
  });
});

describe('when the page has two columns under a headline', () => {
  it('should read the columns one after the other', async () => {
    expect(await readText(await sample('gazette.png'))).toEqual(await expected('gazette'));
  });
});

describe('when the text is light on dark', () => {
  it('should read it all the same', async () => {
    const dark = await sharp(await sample('letter.png'))
      .negate({ alpha: false })
      .jpeg()
      .toBuffer();
    expect(await readText(dark)).toEqual(await expected('letter'));
  });
});

describe('when the camera was held sideways', () => {
  it('should turn the page upright first', async () => {
    const turned = await sharp(await sample('gazette.png'))
      .rotate(90)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 8 })
      .toBuffer();
    expect(await readText(turned)).toEqual(await expected('gazette'));
  });
});

describe('when there is nothing to read', () => {
  it.each([
    ['a blank page', 600, 800],
    ['a single pixel', 1, 1],
    ['a thread', 4000, 2],
    ['a ribbon', 3, 3000],
  ])('should find no line on %s', async (_, width, height) => {
    const image = await sharp({ create: { width, height, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(await readText(image)).toEqual([]);
  });
});
