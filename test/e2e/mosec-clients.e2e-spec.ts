import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import {
  DRAINING_ANSWER,
  MOSEC_ANSWERS,
  MOSEC_FLAGS,
  OVERLOAD_ANSWERS,
  OVERLOAD_FLAGS,
  type MosecAnswer,
} from '../support/mosec-answers.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { mosecPython, startMosec } from '../support/start-mosec.js';
import { waitFor } from '../support/wait-for.js';

const FIXTURE = 'mosec-clients';
const folder = mkdtempSync(join(tmpdir(), 'mosec-clients-'));
afterAll(() => rmSync(folder, { recursive: true }));

const waiting = (file: string) => ({ text: 'done', until: join(folder, file) });
const answerTo = ({ path, method = 'POST', body }: MosecAnswer, url: string) =>
  ask(url + path, { method, ...(body !== undefined && { body }) });

/** Status and text of so many requests at once that one of them finds the queue full. */
async function overload(url: string): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(`${url}/inference`, waiting('never'))));
  return [...new Set(answers.map(({ status, text }) => `${status} ${text}`))].sort();
}

/** What is answered while one request holds up the stop: a new request, the probe, and then that one. */
async function drain(app: AppProcess, file: string): Promise<string[]> {
  const held = post(`${app.url}/inference`, waiting(file));
  await waitFor(async () => (await scrape(app.url)).sum('mosec_service_remaining_task') === 1);
  app.kill('SIGTERM');
  await waitFor(async () => (await ask(app.url)).status === 503);
  const late = [await post(`${app.url}/inference`, { text: 'late' }), await ask(app.url)];
  writeFileSync(join(folder, file), '');
  const { status, json } = await held;
  return [...late.map((answer) => `${answer.status} ${answer.text}`), `${status} ${(json as { text: string }).text}`];
}

describe('when a service of mosec has been migrated', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp(FIXTURE, { args: MOSEC_FLAGS })));
  afterAll(() => app?.stop());

  it.each(MOSEC_ANSWERS.filter(({ ours }) => !ours))('should answer as mosec does when $when', async (row) => {
    expect(await answerTo(row, app.url)).toMatchObject({ status: row.status, text: row.text });
  });

  it.each(MOSEC_ANSWERS.filter(({ ours }) => ours))('should keep to what it documents when $when', async (row) => {
    const answer = await answerTo(row, app.url);
    expect(answer).toMatchObject({ status: row.status, ...row.ours });
    expect(answer.headers.get('allow')).toBe(row.status === 405 ? 'POST' : null);
  });

  it('should answer the same value, without spaces between', async () => {
    const { headers, text } = await post(`${app.url}/inference`, '{"text": "fine"}');
    expect(headers.get('content-type')).toBe('application/json');
    expect(text).toBe('{"text":"fine"}');
  });
});

describe('when a migrated service is asked too much, and stopped', () => {
  it('should refuse and give up as mosec does', async () => {
    const app = await startReadyApp(FIXTURE, { args: OVERLOAD_FLAGS, env: { ONE_ROUTE: '1' } });
    try {
      expect(await overload(app.url)).toEqual(OVERLOAD_ANSWERS);
    } finally {
      await app.stop();
    }
  });

  it('should drain as mosec does', async () => {
    const app = await startReadyApp(FIXTURE, { args: ['--timeout', '20000'], env: { ONE_ROUTE: '1' } });
    try {
      expect(await drain(app, 'ours')).toEqual([DRAINING_ANSWER, DRAINING_ANSWER, '200 done']);
      expect(await app.exitCode).toBe(0);
    } finally {
      await app.stop();
    }
  });
});

const python = mosecPython();

describe.runIf(python)('when mosec itself is there', () => {
  const SCRIPT = `test/fixtures/${FIXTURE}/server.py`;
  const start = (args: readonly string[]) => startMosec(python ?? '', SCRIPT, args);

  it('should have answered as the table says', async () => {
    const app = await start(MOSEC_FLAGS);
    try {
      for (const row of MOSEC_ANSWERS) {
        const { status, text } = await answerTo(row, app.url);
        expect(status, row.when).toBe(row.status);
        if (typeof row.text === 'string') expect(text, row.when).toBe(row.text);
        else expect(text, row.when).toMatch(row.text);
      }
    } finally {
      await app.stop();
    }
  });

  it('should have refused and drained in these words', async () => {
    const busy = await start(OVERLOAD_FLAGS);
    try {
      expect(await overload(busy.url)).toEqual(expect.arrayContaining([OVERLOAD_ANSWERS[1]]));
    } finally {
      await busy.stop();
    }
    const app = await start(['--timeout', '20000']);
    try {
      expect(await drain(app, 'mosec')).toEqual([DRAINING_ANSWER, DRAINING_ANSWER, '200 done']);
    } finally {
      await app.stop();
    }
  });
});
