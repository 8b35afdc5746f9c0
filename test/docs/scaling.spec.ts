import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../apps/simulation/options.js';
import { answer } from '../../apps/simulation/report/answer.js';
import { REPOSITORY } from '../support/pages.js';

const page = readFileSync(join(REPOSITORY, 'docs/scaling.md'), 'utf8');
/** A block with one command, and the table that follows it. */
const BLOCK = /```sh\nnpm run simulate(?: -- (?<args>[^\n]*))?\n```\n\n(?<table>(?:\|[^\n]*\n)+)/g;
const shown = [...page.matchAll(BLOCK)].map(({ groups }) => [groups?.args ?? '', groups?.table ?? ''] as const);

/** Whatever the widths of its columns are. */
const cellsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .filter((line) => !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** Generous: a thousand hosts on a machine that is busy. */
const LIMIT_MS = 300_000;

describe('the tables of docs/scaling.md', () => {
  it('should be as many as there are', () => {
    expect(shown.length).toBeGreaterThan(5);
  });

  it.each(shown)(
    'should be what the program answers to "%s"',
    (args, table) => {
      const options = parseOptions(args.split(' ').filter((word) => word !== ''));
      if (!options) throw new Error(`"${args}" asks for the usage.`);
      expect(cellsOf(answer(options).text)).toEqual(cellsOf(table));
    },
    LIMIT_MS,
  );
});
