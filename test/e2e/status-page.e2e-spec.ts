import { connect, type Socket } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { launchBrowser, PageWatch } from '../support/browser.js';
import { weakTexts } from '../support/contrast.js';
import { ask } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

const PLAN = { '/batch': { stage: 'batch', replicas: 2, maxBatchSize: 4 }, '/work': {} } as const;

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser?.close());

/** A figure of a stage's box, as it is shown. */
function figure(box: Locator, label: string): Locator {
  return box.locator('dl > div', { has: box.page().getByText(label, { exact: true }) }).locator('dd');
}

describe('when the page is open', () => {
  const traces = new TraceFolder();
  let app: WorkApp;
  let page: Page;
  let watch: PageWatch;

  beforeAll(async () => {
    app = await startReadyWork(traces, { options: { statusPage: true }, routes: PLAN });
    page = await browser.newPage();
    watch = new PageWatch(page);
    await page.goto(`${app.process.url}/mosec`);
    await page.locator('.stage').first().waitFor();
  });
  afterAll(async () => {
    await app?.process.stop();
    traces.remove();
  });

  const box = (stage: string): Locator =>
    page.locator('.stage', { has: page.getByRole('heading', { name: stage, exact: true }) });

  it('should allow nothing but its own files, by the policy it is sent with', async () => {
    const { headers } = await ask(`${app.process.url}/mosec`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('should have a box for each stage with its workers', async () => {
    expect(await page.locator('.stage h4').allTextContents()).toEqual(['WorkBatch', 'Work']);
    await box('WorkBatch').getByText('#2 ready').waitFor();
    expect(await box('WorkBatch').locator('.replica').count()).toBe(2);
    expect(await box('WorkBatch').locator('.kind').textContent()).toBe('2 of 2 ready; process, batches up to 4');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('nestjs-mosec');
    expect(await page.locator('#state').textContent()).toBe('Ready');
  });

  it('should show what runs and what waits, and count it once it is done', async () => {
    const orders = Array.from({ length: 12 }, (_, id) => app.order('/batch', { id: String(id), until: 'go' }));
    const shown = async (label: string): Promise<number> =>
      Number.parseInt((await figure(box('WorkBatch'), label).textContent()) ?? '', 10);
    const [running] = await waitFor(async () => {
      const both = [await shown('Running'), await shown('Queue')] as const;
      return both[0] + both[1] === 12 && both;
    });
    expect(running).toBeGreaterThan(1);
    traces.release('go');
    expect((await Promise.all(orders)).every(({ status }) => status === 200)).toBe(true);
    await figure(box('WorkBatch'), 'Running').getByText('0', { exact: true }).waitFor();
    const row = page.locator('tbody tr', { hasText: '/batch' });
    await row.locator('td').nth(2).getByText('12', { exact: true }).waitFor();
  });

  it('should show rates, times and filling under load', async () => {
    let isOn = true;
    const load = Array.from({ length: 6 }, async () => {
      while (isOn) await app.order('/batch', { id: 'load', spinMs: 2 });
    });
    for (const label of ['Items/s', 'Wait', 'Compute', 'Batch fill'])
      await figure(box('WorkBatch'), label)
        .getByText(/^[1-9]|^0\.\d/)
        .waitFor();
    isOn = false;
    await Promise.all(load);
    const line = await box('WorkBatch').locator('.line').last().getAttribute('d');
    expect(line).toMatch(/^M[\d. ]+[Lh]/);
  });

  it('should count the restart of a killed worker and say so', async () => {
    const pids = childPids(app.process.pid);
    const { report } = await app.order('/work', { id: 'who' });
    expect(pids).toContain(report.pid);
    process.kill(report.pid, 'SIGKILL');
    await figure(box('Work'), 'Restarts').getByText('1', { exact: true }).waitFor();
    await box('Work').getByText('1 restart, last: killed by SIGKILL').waitFor();
    await page.getByRole('status').getByText('A worker of Work was restarted').waitFor();
    expect(await figure(box('WorkBatch'), 'Restarts').textContent()).toBe('0');
  });

  it.each(['light', 'dark'] as const)('should have enough contrast in %s, narrow too', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await weakTexts(page, 4.5)).toEqual([]);
    await page.setViewportSize({ width: 340, height: 700 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(340);
    await page.setViewportSize({ width: 1200, height: 800 });
  });

  it('should lead by keyboard alone to a form, send it, and show the focus on the way', async () => {
    await page.locator('body').press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).toBe('Skip to the forms');
    await focused.press('Enter');
    const outlines: string[] = [];
    await waitFor(async () => {
      await page.keyboard.press('Tab');
      outlines.push(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle'));
      return (await page.evaluate('document.activeElement.tagName')) === 'TEXTAREA' || outlines.length > 10;
    });
    expect(outlines.length).toBeLessThan(5);
    expect(new Set(outlines)).toEqual(new Set(['solid']));
    await focused.fill('{"id":"by-hand"}');
    await waitFor(async () => {
      await page.keyboard.press('Tab');
      return (await focused.textContent()) === 'Send';
    });
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('200 OK after').waitFor();
    expect(app.entered('by-hand')).toBe(true);
  });

  it('should not be part of the OpenAPI document', async () => {
    const { json } = await ask(`${app.process.url}/openapi/metadata.json`);
    expect(Object.keys((json as { paths: object }).paths)).toEqual(['/batch', '/work']);
  });

  it('should have no form where there is no OpenAPI document', async () => {
    const other = await browser.newPage();
    await other.route('**/openapi/metadata.json', (route) => route.fulfill({ status: 404 }));
    await other.goto(`${app.process.url}/mosec`);
    await other.locator('.stage').first().waitFor();
    expect(await other.locator('form').count()).toBe(0);
    expect(await other.getByRole('heading', { name: 'Try it' }).isVisible()).toBe(false);
    await other.close();
  });

  it('should have asked nobody else, and have had no error', () => {
    expect(watch.requests.length).toBeGreaterThan(5);
    expect(watch.foreign(app.process.url)).toEqual([]);
    expect(watch.problems).toEqual([]);
  });

  it('should say that the server stops, and not hold it up', async () => {
    const unread = await openUnread(app.process.port);
    expect(await app.process.stop()).toEqual({ code: 0, signal: null });
    await page.locator('#state').getByText('The server is stopping').waitFor();
    expect(app.process.output).not.toContain('were cut off');
    unread.destroy();
  });
});

/** A viewer that never reads what it asked for. */
async function openUnread(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').pause();
  socket.write('GET /mosec/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await waitFor(() => socket.readyState === 'open');
  return socket;
}

describe('when NODE_ENV is production', () => {
  const env = { NODE_ENV: 'production' };
  const pathsOf = ({ url }: AppProcess): string[] => ['', '/page.js', '/events'].map((path) => `${url}/mosec${path}`);

  it('should not be there', async () => {
    const app = await startApp('apps/echo', { env });
    await app.waitListening();
    const statuses = await Promise.all(pathsOf(app).map(async (url) => (await ask(url)).status));
    expect(statuses).toEqual([404, 404, 404]);
    await app.stop();
  });

  it('should be there when it is asked for', async () => {
    const app = await startReadyApp('apps/echo', { env, args: ['--status-page'] });
    expect((await ask(`${app.url}/mosec`)).status).toBe(200);
    expect((await ask(`${app.url}/mosec/..%2fpackage.json`)).status).toBe(404);
    await app.stop();
  });
});
