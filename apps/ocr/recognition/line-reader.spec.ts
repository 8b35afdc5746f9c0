import { describe, expect, it } from 'vitest';
import type { RecognitionModel } from '../models/recognition.model.js';
import { LineReader } from './line-reader.js';

const line = {
  box: { x: 0, y: 0, width: 96, height: 20 },
  picture: { width: 96, height: 24, data: new Uint8Array(96 * 24 * 3).fill(255) },
  inner: { x: 0, y: 2, width: 96, height: 20 },
};

/** A recogniser that reads one letter per run, with these classes and probabilities. */
function readerOf(...runs: [letter: number, probability: number][]): { reader: LineReader; widths: number[] } {
  const widths: number[] = [];
  const model = {
    charset: ['', 'a', 'b', ' '],
    run: async (_: Float32Array, width: number) => {
      const [letter, probability] = runs[widths.length]!;
      widths.push(width);
      const data = new Float32Array(4);
      data[letter] = probability;
      return { steps: 1, classes: 4, data };
    },
  };
  return { reader: new LineReader(model as unknown as RecognitionModel), widths };
}

describe('when every letter is sure', () => {
  it('should look once', async () => {
    const { reader, widths } = readerOf([1, 0.95]);
    expect(await reader.read(line)).toMatchObject({ text: 'a' });
    expect(widths).toEqual([232]);
  });
});

describe('when a letter is doubtful', () => {
  it('should look again, narrower, and keep the surer reading', async () => {
    const { reader, widths } = readerOf([1, 0.6], [2, 0.8]);
    expect(await reader.read(line)).toMatchObject({ text: 'b' });
    expect(widths).toEqual([232, 160]);
  });

  it('should keep the first reading when the second is no surer', async () => {
    const { reader } = readerOf([1, 0.6], [2, 0.5]);
    expect(await reader.read(line)).toMatchObject({ text: 'a' });
  });
});

describe('when a doubtful line has words of two sizes', () => {
  it('should also read them apart', async () => {
    const data = new Uint8Array(96 * 24 * 3).fill(255);
    for (let y = 2; y < 20; y++) data.fill(0, (y * 96 + 4) * 3, (y * 96 + 40) * 3);
    for (let y = 12; y < 20; y++) data.fill(0, (y * 96 + 50) * 3, (y * 96 + 90) * 3);
    const { reader } = readerOf([1, 0.6], [2, 0.7], [1, 0.9], [2, 0.9]);
    expect(await reader.read({ ...line, picture: { ...line.picture, data } })).toMatchObject({ text: 'a b' });
  });
});
