import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USAGE } from '../../apps/bench/options.js';
import { USAGE as SIMULATION_USAGE } from '../../apps/simulation/options.js';
import { COMMAND_NAMES, loadCommand } from '../../src/cli/command-list.js';
import { OPTION_KEYS, OPTION_TABLE } from '../../src/config/option-table.js';
import { type Known, shellProblems } from '../support/check-shell.js';
import { allPages, REPOSITORY } from '../support/pages.js';

const pages = allPages();
const flagsOf = (text: string): string[] => [...text.matchAll(/--([a-z][\w-]*)/g)].map(([, flag = '']) => flag);
const rows = OPTION_KEYS.map((key) => OPTION_TABLE[key]);
const usages = await Promise.all(
  COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const),
);
const { schematics } = JSON.parse(readFileSync(join(REPOSITORY, 'schematics/collection.json'), 'utf8')) as {
  schematics: object;
};

const known: Known = {
  serverFlags: [...rows.flatMap(({ flag }) => flag ?? []), 'help', 'version'],
  variables: rows.flatMap(({ variable }) => variable ?? []),
  benchFlags: flagsOf(USAGE),
  simulationFlags: flagsOf(SIMULATION_USAGE),
  commands: Object.fromEntries(usages.map(([name, usage]) => [name, flagsOf(usage)])),
  schematics: Object.keys(schematics),
};
const problems = (line: string, markdown = '') =>
  shellProblems([{ path: 'docs/made-up.md', markdown: `${markdown}\`\`\`sh\n${line}\n\`\`\`\n` }], known);

describe('when the shell lines of the documentation are read', () => {
  it('should name what exists', () => {
    expect(shellProblems(pages, known)).toEqual([]);
  });

  it('should name only variables of the server in text and tables', () => {
    const wrong = pages.flatMap(({ path, markdown }) =>
      [...markdown.matchAll(/\bMOSEC_[A-Z_]+\b/g)]
        .filter(([name]) => !known.variables.includes(name))
        .map(([name]) => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('when a shell line is wrong', () => {
  it.each([
    ['nodd dist/apps/echo/main.js', '"nodd" is no program that the pages use: see PROGRAMS.'],
    [
      'node dist/apps/ecco/main.js',
      '"dist/apps/ecco/main.js" is built from no file of the repository, and of no block of the page.',
    ],
    ['node dist/apps/echo/main.js --prot 9', '"--prot" is no flag of a server.'],
    ['MOSEC_PROT=9 node dist/apps/echo/main.js', '"MOSEC_PROT" is no variable of the server.'],
    ['npm start -- --prot 9', '"--prot" is no flag of a server.'],
    ['npm run bnech', '"bnech" is no script of package.json.'],
    ['npm run bench -- --pear mosec', '"--pear" is no flag of the benchmark.'],
    ['npm run simulate -- --host 3', '"--host" is no flag of the simulation.'],
    ['npm test -- lynt', '"lynt" is no step of npm test.'],
    ['npm ci && npx nestjs-mosec nwe x', '"nwe" is no command of nestjs-mosec.'],
    ['npx nestjs-mosec new x --pakage y', '"--pakage" is no flag of nestjs-mosec new.'],
    ['npx nest g --collection nestjs-mosec stge x', '"stge" is no schematic.'],
    [
      'curl --data-binary @apps/ocr/nothing.png \\\n  http://localhost:8000/ocr',
      '"apps/ocr/nothing.png" does not exist.',
    ],
  ])('should tell so of %s', (line, problem) => {
    expect(problems(line)).toEqual([`docs/made-up.md:2: ${problem}`]);
  });

  it.each([
    'MODEL_DIR=models MOSEC_PORT=9 node dist/apps/echo/main.js --timeout 5 # a remark',
    'npm start -- --port 9000',
    'npm test -- lint unit',
    'curl -d \'{"a":"b | c && d"}\' http://localhost:8000/echo',
    '# nodd is only mentioned',
  ])('should find nothing wrong with %s', (line) => {
    expect(problems(line)).toEqual([]);
  });

  it('should know the files that the page shows', () => {
    const block = '```ts\n// src/main.ts\nexport {};\n```\n';
    expect(problems('node dist/src/main.js', block)).toEqual([]);
    expect(problems('node dist/src/other.js', block)).toHaveLength(1);
  });
});
