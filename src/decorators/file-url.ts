import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * One spelling for a file, whether it comes as a URL (modules) or as a path (CommonJS, test runners). Drops the
 * query that loaders append. Undefined for anything that is not a file.
 */
export function toFileUrl(file: string): string | undefined {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  if (!file.startsWith('file:') || !URL.canParse(file)) return undefined;
  const url = new URL(file);
  url.search = '';
  url.hash = '';
  return url.href;
}
