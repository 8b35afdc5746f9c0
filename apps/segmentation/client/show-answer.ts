import { buffer } from 'node:stream/consumers';
import { msgpack } from 'nestjs-mosec';
import type { Segmentation } from '../dto/segmentation.dto.js';

/** Columns of the drawing, and how much higher than wide a letter is. */
const COLUMNS = 32;
const LETTER = 2;

/** Draws the mask of an answer that comes on its standard input. */
const { mask, score } = msgpack.decode(await buffer(process.stdin)) as Segmentation;
const [height, width] = mask.shape as [number, number];
const step = width / COLUMNS;
for (let y = (step * LETTER) / 2; y < height; y += step * LETTER) {
  const row = Array.from({ length: COLUMNS }, (_, column) => Math.floor((column + 0.5) * step));
  process.stdout.write(`${row.map((x) => (mask.data[Math.floor(y) * width + x] ? '#' : '.')).join('')}\n`);
}
const share = mask.data.reduce((sum, on) => sum + on, 0) / mask.data.length;
process.stdout.write(`score ${score.toFixed(2)}, ${Math.round(share * 100)} % of the picture\n`);
