import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonProblems, languageProblems } from '../support/check-blocks.js';
import { codeBlocks } from '../support/code-blocks.js';
import { compileBlocks } from '../support/compile-blocks.js';
import { allPages, REPOSITORY } from '../support/pages.js';

/** The compiler reads the whole package, on a machine that may do other work too. */
const COMPILE_MS = 120_000;

const PREAMBLES = 'test/fixtures/pages';
const page = (markdown: string, path = 'docs/made-up.md') => ({ path, markdown });

describe('when the blocks of the documentation are checked', () => {
  const pages = allPages();

  it('should compile those in TypeScript', { timeout: COMPILE_MS }, () => {
    expect(compileBlocks(pages)).toEqual([]);
  });

  it('should write handlers as methods: others are refused at start', () => {
    const blocks = pages.flatMap(({ path, markdown }) =>
      codeBlocks(markdown).map(({ code, line }) => ({ path, line, code })),
    );
    const fields = blocks.filter(({ code }) => /^\s*(readonly )?forward(Batch)? = /m.test(code));
    expect(fields.map(({ path, line }) => `${path}:${line}`)).toEqual([]);
  });

  it('should parse those in JSON', () => {
    expect(jsonProblems(pages)).toEqual([]);
  });

  it('should know the language of each', () => {
    expect(languageProblems(pages)).toEqual([]);
  });

  it('should have a page for each preamble', () => {
    const preambles = readdirSync(join(REPOSITORY, PREAMBLES), { recursive: true, encoding: 'utf8' });
    const orphans = preambles
      .filter((file) => file.endsWith('.ts') && file !== 'common.ts')
      .filter((file) => !pages.some(({ path }) => path === file.replace(/\.ts$/, '.md')));
    expect(orphans).toEqual([]);
  });
});

describe('when a page is wrong', { timeout: COMPILE_MS }, () => {
  it('should tell page and line of what does not compile, in fragments and in files', () => {
    const markdown = [
      'A fragment:',
      '```ts',
      '@Stage({ maxBatchSize: "many" })',
      'export class Echo implements ItemStage<string, string> {',
      '  forward = (text: string): string => text;',
      '}',
      '```',
      'A file, indented as in a list:',
      '',
      '   ```ts',
      '   // src/other.ts',
      "   import { Echo } from './nowhere.js';",
      '   ```',
    ].join('\n');
    const problems = compileBlocks([page(markdown)]);
    expect(problems).toContainEqual(expect.stringMatching(/^docs\/made-up\.md:3: Type 'string' is not assignable/));
    expect(problems).toContainEqual(expect.stringMatching(/^docs\/made-up\.md:12: Cannot find module '.\/nowhere.js'/));
    expect(problems).toHaveLength(2);
  });

  it('should bring nothing into a block that names its file', () => {
    const block = '```ts\n// src/echo.ts\nexport const client = new ClientError("no");\n```\n';
    expect(compileBlocks([page(block)])).toEqual(["docs/made-up.md:3: Cannot find name 'ClientError'."]);
    expect(compileBlocks([page(block.replace('// src/echo.ts\n', ''))])).toEqual([]);
  });

  it('should refuse a language that nobody checks, and none', () => {
    const problems = languageProblems([page('```klingon\nqapla\n```\n```\nnothing\n```\n')]);
    expect(problems).toEqual([
      expect.stringContaining('docs/made-up.md:2: "klingon"'),
      expect.stringContaining('docs/made-up.md:5: ""'),
    ]);
  });

  it('should refuse JSON that is none, but not "…" for what is left out', () => {
    expect(jsonProblems([page('```json\n{ "a": [1, …], "b": "…" }\n```\n')])).toEqual([]);
    expect(jsonProblems([page('```json\n{ "a": 1, }\n```\n')])).toEqual([expect.stringContaining('docs/made-up.md:2')]);
  });
});

describe('when a page continues another one', { timeout: COMPILE_MS }, () => {
  const first = page('```ts\n// src/answer.ts\nexport const answer = 42;\n```\n', 'docs/first.md');
  const second = (comment: string) =>
    page(
      `${comment}\n\n\`\`\`ts\nimport { answer } from './answer.js';\nconst next: number = answer;\n\`\`\`\n`,
      'docs/second.md',
    );

  it('should find its files', () => {
    expect(compileBlocks([first, second('<!-- continues: first.md -->')])).toEqual([]);
    expect(compileBlocks([first, second('')])).toEqual([expect.stringContaining("Cannot find module './answer.js'")]);
  });

  it('should refuse a page that does not exist', () => {
    expect(() => compileBlocks([second('<!-- continues: first.md -->')])).toThrow(
      '"docs/second.md" continues "docs/first.md", which is no page: correct the path in its comment.',
    );
  });
});
