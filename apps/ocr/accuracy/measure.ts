import { LineFinder } from '../detection/line-finder.js';
import { decodePixels } from '../image/decode-image.js';
import { arrange } from '../layout/arrange.js';
import { DetectionModel } from '../models/detection.model.js';
import { RecognitionModel } from '../models/recognition.model.js';
import { LineReader } from '../recognition/line-reader.js';
import { seededRandom } from './random.js';
import { renderLine } from './render-line.js';
import { drawLine } from './synthetic-line.js';
import { HELD_OUT, TUNING, type Vocabulary } from './vocabulary.js';

/** Share of made-up lines that are read exactly; run with the number of lines per set, 200 by default. */
const count = Number(process.argv[2] ?? 200);
const detection = new DetectionModel();
const recognition = new RecognitionModel();
await Promise.all([detection.onModuleInit(), recognition.onModuleInit()]);
const finder = new LineFinder(detection);
const reader = new LineReader(recognition);

async function read(image: Uint8Array): Promise<string> {
  const page = await decodePixels(image, 10_000_000);
  if (!page) throw new Error('the rendered line is not an image');
  const lines = await Promise.all(
    (await finder.find(page)).map(async (line) => ({ box: line.box, ...(await reader.read(line)) })),
  );
  return arrange(lines.filter(({ text }) => text !== ''))
    .map(({ text }) => text)
    .join('\n');
}

async function measure(name: string, vocabulary: Vocabulary): Promise<void> {
  const random = seededRandom(vocabulary.seed);
  const shares = { plain: [0, 0, 0], 'with a word of double size': [0, 0, 0] };
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) {
    const line = drawLine(random, vocabulary);
    const text = await read(await renderLine(line));
    const share = shares[line.doubleWord < 0 ? 'plain' : 'with a word of double size'];
    share[0]! += 1;
    if (text === line.text) share[1]! += 1;
    if (text.replace(/\s/g, '') === line.text.replace(/\s/g, '')) share[2]! += 1;
    if (text !== line.text)
      process.stdout.write(`  ${JSON.stringify(line.text)}\n  ${JSON.stringify(text)} ${line.font} ${line.size}\n`);
  }
  const { user, system } = process.cpuUsage(before);
  for (const [kind, [all = 0, exact = 0, spaceless = 0]] of Object.entries(shares)) {
    process.stdout.write(
      `${name}, ${kind}: ${all} lines, ${percent(exact, all)} exact, ${percent(spaceless, all)} ignoring spaces\n`,
    );
  }
  process.stdout.write(`${name}: ${((user + system) / 1000 / count).toFixed(0)} ms of one core per image\n`);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

await measure('tuning', TUNING);
await measure('held out', HELD_OUT);
