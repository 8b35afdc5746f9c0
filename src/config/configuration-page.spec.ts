import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

describe('when the page on configuration is read', () => {
  it('should have one row for each option, in the order of the table', () => {
    expect(rows.map((row) => row[3])).toEqual(OPTION_KEYS);
  });

  it.each(OPTION_KEYS)('should tell flag, variable and default of %s', (key) => {
    const { flag, variable = '', kind, default: value } = OPTION_TABLE[key];
    const spelled = flag ? [`--${flag}`, kind.placeholder].filter(Boolean).join(' ') : '';
    const row = rows.find((cells) => cells[3] === key);
    expect(row?.slice(1, 5)).toEqual([spelled, variable, key, typeof value === 'object' ? '' : String(value ?? '')]);
  });
});
