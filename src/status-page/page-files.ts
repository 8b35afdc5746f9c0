import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files that come with the package, by name. */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('nestjs-mosec/package.json')), 'status-page');
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = TYPES[extname(name)];
      return type ? [[name, { type, body: readFileSync(join(folder, name)) }]] : [];
    }),
  );
}
