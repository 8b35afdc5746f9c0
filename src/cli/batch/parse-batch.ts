import { resolve } from 'node:path';
import { STANDARD_STREAM, type BatchPlan } from '../../batch/batch-plan.js';
import { fillVariables } from '../arguments/fill-variables.js';
import { parseHeaders } from '../arguments/parse-headers.js';
import { parseSize } from '../arguments/parse-size.js';
import { parseUrl } from '../arguments/parse-url.js';
import { readFlags } from '../arguments/read-flags.js';
import { parseCount, parseTime, wrong } from '../arguments/values.js';
import { UsageError } from '../usage.error.js';

const text = { type: 'string' } as const;
const toggle = { type: 'boolean' } as const;
const FLAGS = {
  ...{ in: text, out: text, format: text, 'max-line': text, url: text, route: text, concurrency: text },
  ...{ timeout: text, retries: text, patience: text },
  ...{ restart: toggle, 'fail-fast': toggle },
  header: { type: 'string', multiple: true },
} as const;

const MOST_CONNECTIONS = 10_000;
const MOST_RETRIES = 1000;
/** A text of JavaScript holds no more than 512 MiB, and base64 makes a third more of an answer. */
const MOST_LINE_BYTES = 256 * 1024 * 1024;
const EXAMPLE = 'nestjs-mosec batch --route /v1/embeddings --in requests.jsonl --out results.jsonl';

const tokens = (args: readonly string[]) => readFlags('batch', args, FLAGS);
type Values = ReturnType<typeof tokens>['values'];

/**
 * @param folder paths are relative to it
 * @throws UsageError when the arguments are wrong
 */
export function parseBatch(args: readonly string[], folder: string, env: NodeJS.ProcessEnv): BatchPlan {
  const { values, positionals } = tokens(args);
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" is one argument too many: ${EXAMPLE}.`);
  const { header = [], 'fail-fast': failFast = false, 'max-line': maxLine = '16MiB' } = values;
  return {
    ...filesOf(values, folder),
    url: parseUrl('--url', values.url ?? 'http://127.0.0.1:8000'),
    route: routeOf(needed(values, 'route')),
    format: formatOf(values.format),
    headers: parseHeaders(header.map((line) => fillVariables('header', line, env))),
    concurrency: parseCount('concurrency', values.concurrency ?? '64', MOST_CONNECTIONS),
    retries: retriesOf(values.retries ?? '3'),
    timeoutMs: parseTime('timeout', values.timeout ?? '60s', 1),
    patienceMs: parseTime('patience', values.patience ?? '5m', 1),
    maxLineBytes: parseSize('max-line', maxLine, MOST_LINE_BYTES),
    failFast,
  };
}

function filesOf(values: Values, folder: string): Pick<BatchPlan, 'input' | 'output' | 'restart'> {
  const path = (name: string): string => (name === STANDARD_STREAM ? name : resolve(folder, name));
  const [input, output] = [path(needed(values, 'in')), path(needed(values, 'out'))];
  const { restart = false } = values;
  if (input === output && input !== STANDARD_STREAM) {
    throw new UsageError(`--in and --out are both "${values.in}": name another file for the results.`);
  }
  if (restart && output === STANDARD_STREAM) {
    throw new UsageError('--restart needs a file for --out: there is nothing to drop of standard output.');
  }
  return { input, output, restart };
}

function needed(values: Values, flag: 'in' | 'out' | 'route'): string {
  const value = values[flag];
  if (value === undefined || value === '') throw new UsageError(`--${flag} is missing: ${EXAMPLE}.`);
  return value;
}

function routeOf(route: string): string {
  if (/^\/(?!\/)[\x21-\x7e]*$/.test(route)) return route;
  throw wrong('route', route, 'a path on the server, such as /v1/embeddings');
}

function formatOf(format = 'auto'): BatchPlan['format'] {
  if (format === 'auto' || format === 'plain' || format === 'openai') return format;
  throw wrong('format', format, 'auto, plain or openai');
}

function retriesOf(retries: string): number {
  return retries === '0' ? 0 : parseCount('retries', retries, MOST_RETRIES);
}
