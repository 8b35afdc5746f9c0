import { afterEach, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { startReadyApp, type StartOptions } from '../support/start-app.js';

type Line = Record<string, unknown>;
const TRACE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const MOST = 20;

let app: AppProcess;
afterEach(() => app.stop());

async function start(options: StartOptions): Promise<void> {
  app = await startReadyApp('logging', options);
}

const talk = (times: number, id: string) => post(`${app.url}/talk`, times, { 'x-request-id': id, traceparent: TRACE });

/** The first line that has the text, as JSON. */
const line = async (text: string): Promise<Line> => JSON.parse(await app.waitForLog(text)) as Line;

describe.each(['process', 'thread', 'inline'])(
  'when the stages of a server run in %s, and nobody sits at a terminal',
  (EXECUTION) => {
    it('should write JSON lines with fields, those of workers too', async () => {
      await start({ env: { EXECUTION } });
      await talk(0, 'r-1');
      expect((await talk(-1, 'r-2')).status).toBe(500);
      const where = { stage: 'Talk', worker: 1 };
      const failure = { requestId: 'r-2', traceId: 'a'.repeat(32), code: 'INTERNAL', level: 'error', ...where };
      expect(await line('request r-2 failed')).toMatchObject(failure);
      if (EXECUTION !== 'inline') {
        const own = { ...where, context: 'Talk#1', level: 'warn', requestId: 'r-1', model: 'tiny' };
        expect(await line('has spoken')).toMatchObject({ ...own, message: '[Model] has spoken' });
      }
      for (const text of app.lines) expect(JSON.parse(text)).toHaveProperty('message');
    });

    it('should say more after SIGUSR2, also in workers, and less after another', async () => {
      await start({ env: { EXECUTION } });
      await talk(0, 'r-1');
      app.kill('SIGUSR2');
      await app.waitForLog('log level is \\"debug\\"');
      await talk(1, 'r-2');
      expect(await line('talking 1')).toMatchObject({ level: 'debug', stage: 'Talk', worker: 1 });
      app.kill('SIGUSR2');
      await app.waitForLog('log level is \\"info\\"');
      await talk(2, 'r-3');
      await app.waitForLog('again');
      expect(app.output).not.toMatch(/talking [02]/);
    });
  },
);

describe('when a stage says the same again and again', () => {
  it('should write it a few times, then say how often', async () => {
    await start({});
    await talk(100, 'r-1');
    await app.stop();
    expect(app.lines.filter((text) => text.includes('"message":"again"'))).toHaveLength(MOST);
    const summary = { message: 'repeated 80 more times within 10 s: again', repeats: 80, worker: 1 };
    expect(await line('repeated')).toMatchObject(summary);
  });
});

describe('when the lines are to be pretty', () => {
  it('should write them for people, with their fields', async () => {
    await start({ args: ['--log-format=pretty'] });
    expect((await talk(-1, 'r-2')).status).toBe(500);
    expect(await app.waitForLog('request r-2 failed')).toMatch(/^\[Nest\] .* ERROR \[Talk\] /);
    await app.waitForLog("code: 'INTERNAL'");
  });
});

describe('when the application logs by nestjs-pino', () => {
  it('should write all by it, from the first line on, those of workers with their fields', async () => {
    await start({ env: { USE_PINO: '1' } });
    await talk(0, 'r-1');
    expect((await talk(-1, 'r-2')).status).toBe(500);
    const where = { stage: 'Talk', worker: 1 };
    expect(await line('request r-2 failed')).toMatchObject({ level: 50, requestId: 'r-2', code: 'INTERNAL', ...where });
    const own = { level: 40, context: 'Talk#1', msg: '[Model] has spoken', requestId: 'r-1', model: 'tiny', ...where };
    expect(await line('has spoken')).toMatchObject(own);
    for (const text of app.lines) expect(JSON.parse(text)).toHaveProperty('msg');
  });
});
