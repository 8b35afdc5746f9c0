import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { launchBrowser, PageWatch } from '../support/browser.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

const SAMPLES = fileURLToPath(new URL('../../apps/ocr/samples/', import.meta.url));

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser?.close());

async function open(app: AppProcess): Promise<{ page: Page; watch: PageWatch; answer: Locator }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const watch = new PageWatch(page);
  await page.goto(`${app.url}/mosec`);
  await page.locator('form').first().waitFor();
  return { page, watch, answer: page.locator('.answer').first() };
}

describe('when a picture is sent to the OCR example', () => {
  let app: AppProcess;

  // The demo shows its page also where it runs in production.
  beforeAll(async () => {
    app = await startReadyApp('apps/ocr', { env: { NODE_ENV: 'production', MOSEC_TIMING_HEADERS: 'true' } });
  });
  afterAll(() => app?.stop());

  it('should draw the boxes of the lines on it, with their texts', async () => {
    const { page, watch, answer } = await open(app);
    expect(await page.locator('.stage h4').allTextContents()).toEqual(['DecodeImage', 'DetectLines', 'RecogniseLines']);
    await page.locator('input[type=file]').setInputFiles(`${SAMPLES}letter.png`);
    await page.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('200 OK after').waitFor();
    const expected = readFileSync(`${SAMPLES}letter.expected.txt`, 'utf8').trimEnd().split('\n');
    const texts = (await answer.locator('.texts li').allTextContents()).map((text) =>
      text.replace(/ \([\d.]+ %\)$/, ''),
    );
    expect(texts).toEqual(expected);
    expect(await answer.locator('rect title').allTextContents()).toHaveLength(expected.length);
    const { width: across, ...picture } = (await answer.locator('image').boundingBox())!;
    const box = (await answer.locator('rect').first().boundingBox())!;
    // "Corner Bakery" stands at 47, 42 of a picture of 640 by 480.
    expect((box.x - picture.x) / across).toBeCloseTo(47 / 640, 1);
    expect((box.y - picture.y) / picture.height).toBeCloseTo(42 / 480, 1);
    const headers = (await answer.locator('.headers').textContent())!;
    expect(headers).toContain('x-mosec-stageDecodeImage, DetectLines, RecogniseLines');
    expect(watch.problems).toEqual([]);
    expect(watch.foreign(app.url)).toEqual([]);
  });

  it('should show the refusal of what is no picture, and no drawing', async () => {
    const { page, answer } = await open(app);
    const file = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('400 Bad Request after').waitFor();
    await answer.getByText('"code": "DECODING"').waitFor();
    expect(await answer.locator('figure').count()).toBe(0);
  });
});

describe('when a route streams', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('apps/sse')));
  afterAll(() => app?.stop());

  it('should be filled in with the example of the schema, and show the lines', async () => {
    const { page, watch, answer } = await open(app);
    expect(JSON.parse(await page.locator('textarea').inputValue())).toEqual({ to: 3 });
    await page.getByRole('button', { name: 'Send' }).click();
    await answer.getByText(/^200 OK after .* lines$/).waitFor();
    const lines = await answer.locator('.events li').allTextContents();
    expect(lines.filter((line) => line.startsWith('data:'))).toHaveLength(4);
    expect(lines.at(-1)).toBe('data: [DONE]');
    expect(watch.problems).toEqual([]);
  });
});

describe('when a stream does not end', () => {
  const traces = new TraceFolder();
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('streams', { env: traces.env })));
  afterAll(async () => {
    await app?.stop();
    traces.remove();
  });

  it('should show its lines as they come, and cancel it', async () => {
    const { page } = await open(app);
    const form = page.getByRole('form', { name: 'POST /generate', exact: true });
    const answer = page.getByRole('region', { name: 'Answer of POST /generate', exact: true });
    // Only the first of the forms is unfolded.
    if (!(await form.isVisible())) await page.locator('summary', { hasText: 'POST /generate' }).click();
    await form.locator('textarea').fill('{"id":"watched","count":3,"until":"never"}');
    await form.getByRole('button', { name: 'Send' }).click();
    await answer.locator('.events li').nth(2).waitFor();
    await answer.getByText('200 OK, streaming').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await answer.getByText('Cancelled after').waitFor();
    await waitFor(() => traces.lines('returned').includes('watched'));
    expect(await form.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });
});
