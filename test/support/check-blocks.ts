import { codeBlocks } from './code-blocks.js';
import { type Page } from './pages.js';

/** `ts`, `json` and `sh` are checked; the others are for what no tool of the repository reads. */
const LANGUAGES = ['ts', 'json', 'sh', 'python', 'yaml', 'nginx', 'dockerfile', 'promql', 'text'];

/** Blocks of an unknown language, or of none: one line each. */
export function languageProblems(pages: readonly Page[]): string[] {
  return blocksOf(pages)
    .filter(({ language }) => !LANGUAGES.includes(language))
    .map(({ at, language }) => `${at}: "${language}" is no language of a block: use one of ${LANGUAGES.join(', ')}.`);
}

/** Blocks of JSON that cannot be parsed. Comments are allowed, and `…` in the place of members that are left out. */
export function jsonProblems(pages: readonly Page[]): string[] {
  return blocksOf(pages)
    .filter(({ language }) => language === 'json')
    .flatMap(({ at, code }) => {
      const whole = code.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/,?\s*…(?=\s*[\]}])/g, '');
      try {
        JSON.parse(whole);
        return [];
      } catch (error) {
        return [`${at}: ${(error as Error).message}`];
      }
    });
}

function blocksOf(pages: readonly Page[]): { at: string; language: string; code: string }[] {
  return pages.flatMap(({ path, markdown }) =>
    codeBlocks(markdown).map(({ language, code, line }) => ({ at: `${path}:${line}`, language, code })),
  );
}
