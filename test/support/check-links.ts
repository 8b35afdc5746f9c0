import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Page, REPOSITORY } from './pages.js';

interface Link {
  readonly target: string;
  readonly line: number;
}

/**
 * Links of the pages that lead nowhere: to a file that is not there, to a heading that the page does not have, out of the
 * repository, or to an address that is none. Addresses elsewhere are not called.
 * @returns one line per problem
 */
export function linkProblems(pages: readonly Page[]): string[] {
  return pages.flatMap((page) =>
    linksOf(page.markdown).flatMap(({ target, line }) => {
      const problem = problemOf(target, page, pages);
      return problem ? [`${page.path}:${line}: "${target}" ${problem}`] : [];
    }),
  );
}

/** Anchors of the headings of a page, made as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(markdown).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  for (const [, id = ''] of markdown.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

/** Links, images and their HTML forms; code is not looked into. */
export function linksOf(markdown: string): Link[] {
  const text = withoutBlocks(markdown).replaceAll(/`[^`\n]*`/g, (code) => '~'.repeat(code.length));
  const inline =
    /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)|(?:href|src(?:set)?)="([^"\s]+)"|<(https?:[^>\s]*)>/gm;
  return [...text.matchAll(inline)].map(({ index, 1: link, 2: reference, 3: html, 4: bare }) => ({
    target: link ?? reference ?? html ?? bare ?? '',
    line: text.slice(0, index).split('\n').length,
  }));
}

function problemOf(target: string, page: Page, pages: readonly Page[]): string | undefined {
  if (/^[a-z]+:/i.test(target)) {
    const known = /^(https?:\/\/|mailto:)/.test(target) && URL.canParse(target);
    return known ? undefined : 'is no address: use http, https or mailto.';
  }
  const [path = '', anchor] = decodeURI(target).split('#');
  const file = path ? posix.join(posix.dirname(page.path), path) : page.path;
  if (file.startsWith('..') || posix.isAbsolute(path)) return 'leads out of the repository: use a relative path.';
  const linked = pages.find((candidate) => candidate.path === file.replace(/\/$/, ''));
  if (!linked && !existsSync(join(REPOSITORY, file))) return 'does not exist.';
  if (anchor === undefined) return undefined;
  if (!linked) return 'has an anchor, but is no page.';
  return anchorsOf(linked.markdown).has(anchor) ? undefined : `names a heading that ${file} does not have.`;
}

/** Same number of lines, but nothing in the fenced blocks. */
function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^([ \t]*)(`{3,})[^\n`]*\n[\s\S]*?^[ \t]*\2[ \t]*$/gm, (block) =>
    block.replaceAll(/[^\n]/g, ''),
  );
}
