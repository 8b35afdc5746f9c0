import { describe, expect, it } from 'vitest';
import { parseOptions } from '../options.js';
import { answer } from './answer.js';
import { count, ms, percent } from './report.js';
import { table } from './table.js';

const ask = (...args: string[]): string[] => {
  const options = parseOptions(['--hosts', '2,3', '--stages', '5x4', ...args]);
  if (!options) throw new Error('The usage was asked for.');
  return answer(options).text.split('\n');
};

describe('when numbers are shown', () => {
  it('should show three digits that count, in groups', () => {
    expect([885.2, 12_345, 876_543].map(count)).toEqual(['885', '12 300', '877 000']);
    expect([0.123, 1.004].map(percent)).toEqual(['12 %', '100 %']);
    expect([12.3, NaN].map(ms)).toEqual(['12 ms', '–']);
  });

  it('should align columns to the right', () => {
    const rows = [
      ['a', 'long'],
      ['100', '1'],
    ];
    expect(table(rows)).toBe('|   a | long |\n| --: | ---: |\n| 100 |    1 |');
  });
});

describe('when clusters are simulated', () => {
  it('should have a row for each number of hosts', () => {
    const [head, , ...rows] = ask();
    expect(head).toMatch(/hosts .* items\/s .* limit/);
    expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(['2', '3']);
  });

  it('should show the loss of hosts when that is asked for', () => {
    const [head, , ...rows] = ask('--lose-hosts', '1');
    expect(head).toMatch(/run again/);
    expect(rows).toHaveLength(2);
  });
});
