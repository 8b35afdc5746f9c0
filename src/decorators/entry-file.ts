import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);

/** As Node finds its main file: `node dist/main` runs `dist/main.js`. */
function realPath(file: string): string | undefined {
  try {
    return realpathSync(resolve(file));
  } catch {
    return undefined;
  }
}

/**
 * @param file URL of a file
 * @param entryFile absolute path of the main file, with or without its extension
 */
export function isEntryFile(file: string, entryFile: string): boolean {
  const entry = realPath(entryFile);
  return entry !== undefined && entry === realPath(fileURLToPath(file));
}
