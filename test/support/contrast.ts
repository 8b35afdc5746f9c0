import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

// Browsers run it as it is: the compiler knows no DOM here.
const SCRIPT = readFileSync(new URL('weak-texts.js', import.meta.url), 'utf8').replace('export ', '');

/** Texts on the page with less contrast than this. */
export function weakTexts(page: Page, least: number): Promise<string[]> {
  return page.evaluate<string[]>(`${SCRIPT}; weakTexts(${least})`);
}
