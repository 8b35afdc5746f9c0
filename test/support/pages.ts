import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What is no part of the repository, or is no text for readers. */
const PASSED_OVER = new Set(['node_modules', 'dist', 'coverage', 'api', 'fixtures']);

export interface Page {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly markdown: string;
}

/** Every Markdown page of the repository. */
export function allPages(): Page[] {
  return [...pathsIn('')].map((path) => ({ path, markdown: readFileSync(join(REPOSITORY, path), 'utf8') }));
}

function* pathsIn(folder: string): Generator<string> {
  for (const entry of readdirSync(join(REPOSITORY, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || PASSED_OVER.has(entry.name)) continue;
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* pathsIn(path);
    else if (entry.name.endsWith('.md')) yield path;
  }
}
