import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What an application's own package.json says about it. */
export interface ApplicationPackage {
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
}

/** The nearest package.json with a name, from the folder of the entry file upwards. */
export function applicationPackage(entryFile: string | undefined): ApplicationPackage | undefined {
  if (!entryFile) return undefined;
  let folder = dirname(realPath(entryFile));
  for (;;) {
    const found = readPackage(join(folder, 'package.json'));
    const parent = dirname(folder);
    if (found || parent === folder) return found;
    folder = parent;
  }
}

/** Behind the links of `node_modules/.bin`; `node dist/main` names no existing file. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function readPackage(file: string): ApplicationPackage | undefined {
  try {
    const { name, version, description } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return typeof name === 'string' ? { name, version: asText(version), description: asText(description) } : undefined;
  } catch {
    return undefined;
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
