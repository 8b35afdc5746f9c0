import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { startApp, startReadyApp } from '../support/start-app.js';

interface OcrAnswer {
  readonly lines: readonly { text: string; confidence: number; box: Record<string, number> }[];
  readonly width: number;
  readonly height: number;
}

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const sample = (file: string): Buffer => readFileSync(`${REPOSITORY}apps/ocr/samples/${file}`);

describe('when the OCR example runs', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('apps/ocr')));
  afterAll(() => app?.stop());

  const read = (body: Buffer): Promise<Response> =>
    fetch(`${app.url}/ocr`, { method: 'POST', body: new Uint8Array(body) });

  it.each(['letter', 'gazette'])('should read the sample %s in reading order', async (name) => {
    const response = await read(sample(`${name}.png`));
    expect(response.status).toBe(200);
    const { lines } = (await response.json()) as OcrAnswer;
    expect(`${lines.map(({ text }) => text).join('\n')}\n`).toBe(sample(`${name}.expected.txt`).toString());
  });

  it.each(['jpeg', 'webp'] as const)('should read %s as well, with boxes inside the picture', async (format) => {
    const picture = await sharp(sample('letter.png')).toFormat(format, { quality: 95 }).toBuffer();
    const { lines, width, height } = (await (await read(picture)).json()) as OcrAnswer;
    expect(lines[0]?.text).toBe('Corner Bakery');
    for (const { box, confidence } of lines) {
      expect(confidence).toBeGreaterThan(0.5);
      expect(box.x! + box.width!).toBeLessThanOrEqual(width);
      expect(box.y! + box.height!).toBeLessThanOrEqual(height);
    }
  });

  it('should refuse what is no picture with 400, and too many pixels with 422', async () => {
    expect((await read(Buffer.from('no picture'))).status).toBe(400);
    const huge = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const refused = await read(huge);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'VALIDATION' });
  });

  it('should print a curl line that works as pasted', async () => {
    const line = await app.waitForLog(/^curl .+/);
    const answer = execFileSync('sh', ['-c', `${line} --silent`], { cwd: REPOSITORY }).toString();
    expect((JSON.parse(answer) as OcrAnswer).lines.length).toBeGreaterThan(5);
  });
});

describe('when the OCR example is run dry', () => {
  it('should send its example through and end with 0', async () => {
    const app = await startApp('apps/ocr', { args: ['--dry-run'] });
    expect(await app.exitCode).toBe(0);
    expect(app.output).toContain('dry run passed');
  });
});
