import { describe, expect, it } from 'vitest';
import { helpText } from './help-text.js';
import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';
import { packageVersion } from './package-version.js';

const lines = helpText().split('\n');
const lineOf = (flag: string): string => lines.find((line) => line.includes(` --${flag} `)) ?? '';

describe('when help is asked for', () => {
  it.each(OPTION_KEYS.filter((key) => OPTION_TABLE[key].flag))('should show flag, variable and help of %s', (key) => {
    const { flag = '', variable, help } = OPTION_TABLE[key];
    expect(lineOf(flag)).toContain(variable);
    expect(lineOf(flag)).toContain(help);
  });

  it('should show the unit and the default', () => {
    expect(lineOf('timeout')).toMatch(
      /^ {2}--timeout MS +time for a request over all stages +MOSEC_TIMEOUT +default 3000$/,
    );
  });

  it('should show no default where there is none', () => {
    expect(lineOf('debug')).toMatch(/MOSEC_DEBUG$/);
    expect(lineOf('path')).toMatch(/MOSEC_PATH$/);
  });

  it('should align the variables in one column', () => {
    const columns = lines.filter((line) => line.includes('MOSEC_')).map((line) => line.indexOf('MOSEC_'));
    expect(new Set(columns).size).toBe(1);
  });

  it('should fit a terminal of 120 columns', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('should name the program that was given', () => {
    expect(helpText('npm start --')).toMatch(/^Usage: npm start -- \[flags\]/);
  });
});

describe('when the version is asked for', () => {
  it('should be the version of this package', () => {
    expect(packageVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
