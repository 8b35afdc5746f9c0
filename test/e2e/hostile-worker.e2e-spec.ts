import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from '../support/processes.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const BEGIN = 3;
const RESULT = 4;
const CONTROL = 5;

/** A frame written by hand: body length u32, type u8, flags u8, count u16, batch u32, body. */
function frame(type: number, flags: number, count: number, batch: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(body.length, 0);
  header[4] = type;
  header[5] = flags;
  header.writeUInt16LE(count, 6);
  header.writeUInt32LE(batch, 8);
  return Buffer.concat([header, body]);
}

/** A result: index u16, status u8, unused u8, length u32, payload. */
function result(index: number, status: number, text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(index, 0);
  head[2] = status;
  head.writeUInt32LE(text.length, 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

const CASES: Readonly<Record<string, Buffer>> = {
  'text of a native library': Buffer.from('loading model /opt/models/secret.bin done\n'),
  'a frame of four gigabytes': Buffer.alloc(12, 0xff),
  'a result for another batch': frame(RESULT, 1, 1, 99_999, result(0, 0, '"stolen"')),
  'the end of another batch': frame(RESULT, 1, 0, 99_999),
  'the begin of another batch': frame(BEGIN, 0, 0, 99_999),
  'a result that is shorter than it says': frame(RESULT, 0, 3, 1),
  'a frame of a type that is none': frame(77, 0, 0, 1),
  'a begin frame of an odd length': frame(BEGIN, 0, 1, 1, Buffer.alloc(3)),
  'that it is ready, once more': frame(CONTROL, 0, 0, 0, Buffer.from('{"kind":"ready","loadMs":1,"warmUpMs":1}')),
  'a control message that is no JSON': frame(CONTROL, 0, 0, 0, Buffer.from('{')),
};
/** Each case by the path of its pool: none waits for the back-off of another. */
const POOLS = Object.entries(CASES).map(([what, bytes], i) => [what, `/${i}`, bytes.toString('base64')] as const);

const traces = new TraceFolder();
let app: WorkApp;

beforeAll(async () => {
  const routes = Object.fromEntries([...POOLS.map(([, path]) => path), '/half'].map((path) => [path, {}]));
  app = await startReadyWork(traces, { options: { timeoutMs: 30_000, hungMs: 500 }, routes });
});
afterAll(async () => {
  await app?.process.stop();
  traces.remove();
});

describe('when a stage writes between the frames of its worker', () => {
  it.each(POOLS)('should replace the worker and run its item elsewhere: %s', async (what, path, writes) => {
    const { report } = await app.order(path, { id: `before ${what}` });
    const id = `at ${what}`;
    const answer = await app.order(path, { id, writes, spinFirstMs: 30_000 });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.report).toMatchObject({ id, tries: 2, workerId: report.workerId });
    expect(answer.report.pid).not.toBe(report.pid);
    expect(isAlive(report.pid)).toBe(false);
    expect(answer.text).not.toContain('stolen');
  });

  it('should replace the worker also when half a frame swallows what comes after it', async () => {
    const { report } = await app.order('/half', { id: 'before-half' });
    const half = frame(RESULT, 0, 1, 1, Buffer.alloc(4_000)).subarray(0, 100).toString('base64');
    const lost = await app.order('/half', { id: 'half', writes: half }, { 'x-request-timeout': '500' });
    expect(lost.status).toBe(408);
    const next = await app.order('/half', { id: 'after-half' });
    expect(next.status).toBe(200);
    expect(next.report.pid).not.toBe(report.pid);
  });

  it('should say why in the log', async () => {
    await app.process.waitForLog('worker ended: sent what is no valid frame: frame of unknown type 77');
  });
});
