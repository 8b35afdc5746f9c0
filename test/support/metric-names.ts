import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './pages.js';

const PREFIX = 'mosec_service_';

/** What a query may name: the series that docs/metrics.md has (an e2e spec compares these with a server), and their parts. */
export function documentedNames(): ReadonlySet<string> {
  const page = readFileSync(join(REPOSITORY, 'docs/metrics.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `…_(\w+)` *\| (\w+) *\|/gm)];
  return new Set(
    rows.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => PREFIX + name + part) : [PREFIX + name],
    ),
  );
}

/** Names of the server's series in queries, or in any text. */
export function namesIn(text: string): string[] {
  return [...new Set(text.match(/\bmosec_service_\w+/g))];
}
