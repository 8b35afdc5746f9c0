import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linkProblems, linksOf } from '../support/check-links.js';
import { allPages } from '../support/pages.js';

const pages = allPages();
const page = (markdown: string) => ({ path: 'docs/made-up.md', markdown });

describe('when the links of the documentation are followed', () => {
  it('should find every file and every heading', () => {
    expect(pages.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'docs/README.md', 'apps/README.md']),
    );
    expect(linkProblems(pages)).toEqual([]);
  });

  it.each([
    ['docs/README.md', /^docs\/[^/]+\.md$/],
    ['apps/README.md', /^apps\/[^/]+\/README\.md$/],
  ])('should reach every page of its folder from %s', (index, wanted) => {
    const { markdown = '' } = pages.find(({ path }) => path === index) ?? {};
    const reached = linksOf(markdown).map(({ target }) => posix.join(posix.dirname(index), target.split('#')[0] ?? ''));
    const missing = pages
      .map(({ path }) => path)
      .filter((path) => wanted.test(path) && path !== index)
      .filter((path) => !reached.includes(path) && !reached.includes(posix.dirname(path)));
    expect(missing).toEqual([]);
  });
});

describe('when a link is wrong', () => {
  it.each([
    ['[a file](nowhere.md)', 'does not exist.'],
    ['![a picture](nowhere.svg)', 'does not exist.'],
    ['<img src="nowhere.svg">', 'does not exist.'],
    ['[a heading](#nowhere)', 'names a heading that docs/made-up.md does not have.'],
    ['[a heading elsewhere](stages.md#nowhere)', 'names a heading that docs/stages.md does not have.'],
    ['[the machine](/etc/hosts)', 'leads out of the repository: use a relative path.'],
    ['[above](../../hosts)', 'leads out of the repository: use a relative path.'],
    ['[an address](htp://example.com)', 'is no address: use http, https or mailto.'],
    ['[ref]: nowhere.md', 'does not exist.'],
  ])('should tell so of %s', (link, problem) => {
    const problems = linkProblems([page(`# A page\n\n${link}\n`), ...pages]);
    expect(problems).toEqual([expect.stringMatching(/^docs\/made-up\.md:3: "/)]);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    '[up](../README.md)',
    '[own](#a-page)',
    '[errors](stages.md#errors)',
    '[folder](../apps)',
    '`[code](nowhere)`',
  ])('should find nothing wrong with %s', (link) => {
    expect(linkProblems([page(`# A page\n\n${link}\n`), ...pages])).toEqual([]);
  });

  it('should not look into fenced blocks', () => {
    expect(linkProblems([page('```text\n[x](nowhere.md)\n# no heading\n```\n')])).toEqual([]);
    expect([...anchorsOf('# One\n```sh\n# two\n```\n## `three` & four!\n## One\n')]).toEqual([
      'one',
      'three--four',
      'one-1',
    ]);
  });
});
