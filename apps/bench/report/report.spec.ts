import { describe, expect, it } from 'vitest';
import type { Cell } from '../cells/cell.js';
import { sample } from '../measure/sample.fixture.js';
import { summarise } from '../measure/summary.js';
import { formatReport, type Report } from './report.js';

const cell: Cell = { pipeline: 'one', bodyBytes: 20, connections: 64 };
const conditions = {
  peer: 'mosec',
  node: 'v20.0.0',
  cores: 2,
  rounds: 3,
  starts: 5,
  seconds: 2,
  warmUpSeconds: 10,
  sharedMemory: true,
  profiled: false,
  generatorCores: 0.25,
  otherCores: 0,
};

function reportOf(errors: [string, number][] = [], changed: Partial<Report['conditions']> = {}): string {
  const ours = [sample({ requestsPerSecond: 2_500, errors: new Map(errors) })];
  const cells = [summarise({ cell, ours, peer: [sample()] }, true)];
  return formatReport({ conditions: { ...conditions, ...changed }, cells, overload: [] });
}

describe('when a comparison is written down', () => {
  const lines = reportOf().split('\n');

  it('should show the figures of both', () => {
    expect(lines[1]).toMatch(/^one +20 B, 64 connections +ours +2500 +1\.000 +2\.000 +0\.500 +100 +0$/);
    expect(lines[2]).toMatch(/^ +mosec +1000 +1\.000 +2\.000 +0\.500 +100 +0$/);
    expect(lines[0]).toMatch(/^pipeline .* CPU s\/1000 +PSS MB +errors$/);
  });

  it('should show the ratios', () => {
    const at = lines.indexOf('ours / mosec');
    expect(lines[at + 2]).toMatch(/^one +20 B, 64 connections +2\.50 +2\.50-2\.50 +1\.00 +1\.00 +1\.00 +1\.00$/);
  });

  it('should show what passes and what fails', () => {
    expect(lines.find((line) => line.includes('>='))).toMatch(/ 2\.500 +2\.50-2\.50 +>= 2\.2 +pass +>= 3 +fail$/);
  });

  it('should say nothing of others on a quiet machine', () => {
    expect(lines.at(-1)).toContain('the generator took at most 0.25');
  });
});

describe('when there were errors', () => {
  it('should show no ratio, and what went wrong', () => {
    const report = reportOf([['status 503', 7]]);
    expect(report).toMatch(/one +20 B, 64 connections +no result +- +- +- +- +-/);
    expect(report).toContain('one, 20 B, 64 connections, ours: status 503 (7 times)');
    expect(report).not.toContain('>=');
  });
});

describe('when the conditions were not the usual ones', () => {
  it.each([
    [{ otherCores: 0.8 }, 'other programs took 0.80 cores'],
    [{ sharedMemory: false }, 'shared memory was off'],
    [{ profiled: true }, 'these figures are no result'],
  ])('should tell so: %o', (changed, text) => {
    expect(reportOf([], changed)).toContain(text);
    expect(reportOf()).not.toContain(text);
  });
});
