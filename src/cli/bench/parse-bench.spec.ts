import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBench } from './parse-bench.js';

const URL_ARG = 'http://localhost:8000/predict';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-bench-'));
  await writeFile(join(folder, 'b.json'), '{"b":1}');
  await writeFile(join(folder, 'lines.jsonl'), '{"a":1}\n\n{"a":2}\n');
});
afterAll(() => rm(folder, { recursive: true }));

const plan = async (...args: string[]) => (await parseBench([URL_ARG, ...args], folder)).plan;

describe('when the command line is read', () => {
  it('should be a closed loop of 16 connections for 10 s by default, without a body', async () => {
    expect(await plan()).toMatchObject({
      loop: 'closed',
      connections: 16,
      warmUpMs: 2000,
      steps: [{ level: 16, durationMs: 10_000 }],
      request: { method: 'GET', bodies: [], timeoutMs: 10_000 },
      metricsUrl: new URL('http://localhost:8000/metrics'),
    });
  });

  it('should be an open loop with a rate, its time shared among the steps of a ramp', async () => {
    expect(await plan('--rate', '250', '--arrivals', 'constant')).toMatchObject({
      loop: 'open',
      arrivals: 'constant',
      steps: [{ level: 250, durationMs: 10_000 }],
    });
    const { steps } = await plan('--ramp', '100:300:3', '--duration', '3s');
    expect(steps).toEqual([100, 200, 300].map((level) => ({ level, durationMs: 1000 })));
  });

  it('should take a body with its media type, and each line of a file of JSON lines', async () => {
    const { request } = await plan('--body', '{"a":1}', '--header', 'X-Key: 1');
    expect(request).toMatchObject({ method: 'POST', headers: { 'x-key': '1' } });
    expect(request.bodies.map(({ contentType }) => contentType)).toEqual(['application/json']);
    const bodies = (await plan('--body-file', 'lines.jsonl')).request.bodies;
    expect(bodies.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('should read what is required', async () => {
    expect(await plan('--slo', '0.5s', '--require', '99.5%')).toMatchObject({ sloMs: 500, required: 0.995 });
    expect((await plan('--metrics', 'off')).metricsUrl).toBeUndefined();
  });

  it.each([
    [['--rate', '1', '--ramp', '1:2:2'], 'exclude each other'],
    [['--body', 'x', '--body-file', 'b.json'], 'exclude each other'],
    [['--connections', '1.5'], '--connections "1.5" cannot be used'],
    [['--duration', '5'], '--duration "5" cannot be used'],
    [['--ramp', '1:2'], '--ramp "1:2" cannot be used'],
    [['--require', '50%'], '--require needs --slo'],
    [['--header', 'nothing'], '--header "nothing" cannot be used'],
    [['--header', 'Content-Length: 3'], 'the client sets it itself'],
    [['--arrivals', 'often'], '--arrivals "often" cannot be used'],
    [['--metrics', 'nowhere'], '--metrics "nowhere" cannot be used'],
    [['second'], 'one argument too many'],
  ])('should refuse with the cure: %j', async (args, words) => {
    await expect(plan(...args)).rejects.toThrow(words);
  });
});
