import { describe, expect, it } from 'vitest';
import { remoteSample as sample, samplesOf } from '../remote/sample.fixture.js';
import { summariseRemote } from '../remote/summary.js';
import { formatRemote } from './remote-table.js';

describe('when a remote stage is written down', () => {
  const alone = { local: [sample({ batchItems: NaN })], remote: [sample({ p50Ms: 4.5, batchItems: NaN })] };
  const inside = { local: [sample()], remote: [sample({ itemsPerSecond: 7_000 })] };
  const text = formatRemote(summariseRemote(2, samplesOf({ alone, inside })));

  it('should show the figures of both places, and who was busy', () => {
    expect(text).toMatch(/^load .* items\/batch +client +gateway +its workers +hosts +their workers +Redis +others$/m);
    expect(text).toMatch(
      /^1 connection +local +1000 +1\.00 +2\.00 +- +0\.00 +0\.50 +0\.00 +0\.40 +0\.05 +0\.25 +0\.00$/m,
    );
    expect(text).toMatch(/^ +remote +1000 +4\.50 +2\.00 +- /m);
    expect(text).toContain('2 worker hosts');
  });

  it('should judge the goals', () => {
    expect(text).toContain('3.50 (3.50-3.50) ms (goal <= 3: fail), 7.00 (7.00-7.00) times BullMQ alone');
    expect(text).toContain('goal >= 6000 items/s: pass, 0.70 (0.70-0.70) times BullMQ alone');
  });

  it('should name what went wrong', () => {
    const http = { local: [sample()], remote: [sample({ errors: { 'status 503': 7 } })] };
    const line = 'no result: batches, 256 connections, remote: status 503 (7 times)';
    expect(formatRemote(summariseRemote(1, samplesOf({ http })))).toContain(line);
    expect(text).not.toContain('no result');
  });
});
