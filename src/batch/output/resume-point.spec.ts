import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSink } from './file-sink.js';
import { resumePoint } from './resume-point.js';
import { addPoint, recordPath } from './run-record.js';

const SETTINGS = { route: '/x', format: 'auto' };
const DONE = '{"line":1,"status":200,"body":1}\n{"line":2,"status":500,"body":1}\n';
let folder: string;
let output: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-resume-'));
  output = join(folder, 'out.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const find = (settings = SETTINGS, restart = false) => resumePoint(output, settings, restart);
const sinkAt = (from: number, now = () => 0) =>
  FileSink.open({ path: output, recordPath: recordPath(output), from, now });

describe('when a run goes on', () => {
  it('should begin at the first line with nothing there', async () => {
    expect(await find()).toMatchObject({ lines: 0, failed: 0, end: 0, expected: undefined });
  });

  it('should keep whole lines and its name, count failures, and cut half a line off', async () => {
    const { run } = await find();
    await writeFile(output, `${DONE}{"line":3,"sta`);
    expect(await find()).toEqual({ run, lines: 2, failed: 1, end: DONE.length, expected: undefined });
    const sink = await sinkAt(DONE.length);
    await sink.write('next\n', { lines: 3, fingerprint: 'c' });
    await sink.close();
    expect(await readFile(output, 'utf8')).toBe(`${DONE}next\n`);
  });

  it('should compare with the last point that the output reaches, also when the record was cut', async () => {
    await find();
    await writeFile(output, DONE);
    for (const lines of [1, 2, 3]) await addPoint(recordPath(output), { lines, fingerprint: `f${lines}` });
    await appendFile(recordPath(output), '\n{"lines":2,"finge');
    expect((await find()).expected).toEqual({ lines: 2, fingerprint: 'f2' });
    await addPoint(recordPath(output), { lines: 1, fingerprint: 'again' });
    expect((await find()).expected).toEqual({ lines: 1, fingerprint: 'again' });
  });

  it('should begin anew when the output was removed, or when it is told to', async () => {
    const { run } = await find();
    await writeFile(output, DONE);
    const again = await find(SETTINGS, true);
    expect(again).toMatchObject({ lines: 0, end: 0 });
    expect(again.run).not.toBe(run);
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });
});

describe('when the output is not one to go on with', () => {
  it.each([DONE, 'a file of somebody'])('should leave it alone: %j', async (content) => {
    await writeFile(output, content);
    await expect(find()).rejects.toThrow(`"${output}" is there already`);
    expect(await readFile(output, 'utf8')).toBe(content);
  });

  it('should name what was different', async () => {
    await find();
    await writeFile(output, DONE);
    await expect(find({ ...SETTINGS, route: '/y' })).rejects.toThrow('was begun with --route /x and not /y');
    await expect(find({ ...SETTINGS, format: 'plain' })).rejects.toThrow('with --format auto and not plain');
  });
});

describe('when the output is written', () => {
  it('should record how far it is at first and then once a second', async () => {
    let now = 0;
    await find();
    const sink = await sinkAt(0, () => now);
    for (const lines of [1, 2, 3]) {
      await sink.write('x\n', { lines, fingerprint: `f${lines}` });
      now += 600;
    }
    await sink.close();
    const points = (await readFile(recordPath(output), 'utf8')).split('\n').filter((line) => line.includes('lines'));
    expect(points).toEqual(['{"lines":1,"fingerprint":"f1"}', '{"lines":3,"fingerprint":"f3"}']);
  });

  it('should stop when somebody else writes too', async () => {
    await find();
    const sink = await sinkAt(0);
    await sink.write('x\n', { lines: 1, fingerprint: 'a' });
    await truncate(output, 1);
    await expect(sink.write('y\n', { lines: 2, fingerprint: 'b' })).rejects.toThrow('by somebody else');
    await sink.close();
  });
});
