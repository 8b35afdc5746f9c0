import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type RequestBody } from '../../load-test/load-plan.js';
import { UsageError } from '../usage.error.js';

/** Media types by extension, of what this package has codecs for. */
const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/json',
  '.ndjson': 'application/json',
  '.txt': 'text/plain',
  '.msgpack': 'application/msgpack',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};
const LINES = new Set(['.jsonl', '.ndjson']);
const OTHER = 'application/octet-stream';

/** The body of `--body`. */
export function textBody(text: string): RequestBody {
  return { name: '--body', bytes: Buffer.from(text), contentType: isJson(text) ? 'application/json' : 'text/plain' };
}

/**
 * Bodies of `--body-file`: a file, each file of a folder, or each line of a file of JSON lines.
 * @throws UsageError when there is none
 */
export async function readBodies(folder: string, path: string): Promise<RequestBody[]> {
  const full = resolve(folder, path);
  const bodies = (await isFolder(full, path)) ? await bodiesOfFolder(full) : await bodiesOfFile(full);
  if (bodies.length === 0) throw new UsageError(`--body-file "${path}" holds no body: put files or lines into it.`);
  return bodies;
}

async function isFolder(full: string, path: string): Promise<boolean> {
  try {
    return (await stat(full)).isDirectory();
  } catch (error) {
    throw new UsageError(`--body-file "${path}" cannot be read: name a file or a folder that exists.`, {
      cause: error,
    });
  }
}

async function bodiesOfFolder(full: string): Promise<RequestBody[]> {
  const entries = await readdir(full, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  return (await Promise.all(names.sort().map((name) => bodiesOfFile(join(full, name))))).flat();
}

async function bodiesOfFile(full: string): Promise<RequestBody[]> {
  const bytes = await readFile(full);
  const extension = extname(full).toLowerCase();
  const contentType = TYPES[extension] ?? OTHER;
  if (!LINES.has(extension)) return [{ name: basename(full), bytes, contentType }];
  const lines = bytes.toString().split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [{ name: `${basename(full)}:${index + 1}`, bytes: Buffer.from(line), contentType }],
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
