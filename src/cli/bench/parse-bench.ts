import { type LoadPlan, type LoadStep } from '../../load-test/load-plan.js';
import { UsageError } from '../usage.error.js';
import { parseHeaders } from '../arguments/parse-headers.js';
import { readBodies, textBody } from './read-bodies.js';
import { readFlags } from '../arguments/read-flags.js';
import { parseUrl } from '../arguments/parse-url.js';
import { parseCount, parsePercent, parseRamp, parseRate, parseTime, wrong } from '../arguments/values.js';

const text = { type: 'string' } as const;
const FLAGS = {
  ...{ connections: text, rate: text, arrivals: text, ramp: text, 'ramp-connections': text, duration: text },
  ...{ 'warm-up': text, timeout: text, method: text, body: text, 'body-file': text, slo: text, require: text },
  ...{ metrics: text, json: text, html: text },
  header: { type: 'string', multiple: true },
} as const;

const MOST_CONNECTIONS = 10_000;
/** Of one process: what is above has to come from several. */
const MOST_RATE = 100_000;
const CLOSED_CONNECTIONS = '16';
/** Below the limit of 1024 open files that many systems have. */
const OPEN_CONNECTIONS = '500';

/** Where the reports go. */
export interface BenchCommand {
  readonly plan: LoadPlan;
  readonly json: string | undefined;
  readonly html: string | undefined;
}

type Values = ReturnType<typeof tokens>['values'];

/**
 * @param folder paths are relative to it
 * @throws UsageError when the arguments are wrong
 */
export async function parseBench(args: readonly string[], folder: string): Promise<BenchCommand> {
  const { values, positionals } = tokens(args);
  const [target, stray] = positionals;
  if (target === undefined) {
    throw new UsageError('The URL is missing: nestjs-mosec bench http://localhost:8000/predict.');
  }
  if (stray !== undefined) throw new UsageError(`"${stray}" is one argument too many: one URL is loaded at a time.`);
  const url = parseUrl('The URL', target);
  const request = await requestOf(values, url, folder);
  const sloMs = values.slo === undefined ? undefined : parseTime('slo', values.slo, 1);
  const required = values.require === undefined ? undefined : parsePercent('require', values.require);
  if (required !== undefined && sloMs === undefined) {
    throw new UsageError('--require needs --slo: say which latency counts, such as --slo 100ms.');
  }
  const plan = { request, ...loadOf(values), sloMs, required, metricsUrl: metricsOf(values.metrics, url) };
  return { plan, json: values.json, html: values.html };
}

const tokens = (args: readonly string[]) => readFlags('bench', args, FLAGS);

async function requestOf(values: Values, url: URL, folder: string): Promise<LoadPlan['request']> {
  const { body, 'body-file': file, header = [] } = values;
  if (body !== undefined && file !== undefined) {
    throw new UsageError('--body and --body-file exclude each other: give one of them.');
  }
  const ofFile = file === undefined ? [] : await readBodies(folder, file);
  const bodies = body === undefined ? ofFile : [textBody(body)];
  const method = (values.method ?? (bodies.length > 0 ? 'POST' : 'GET')).toUpperCase();
  if (!/^[A-Z]+$/.test(method)) throw wrong('method', method, 'a method of HTTP, such as POST');
  return {
    url,
    method,
    headers: parseHeaders(header),
    bodies,
    timeoutMs: parseTime('timeout', values.timeout ?? '10s', 1),
  };
}

type Load = Pick<LoadPlan, 'loop' | 'arrivals' | 'connections' | 'warmUpMs' | 'steps'>;

function loadOf(values: Values): Load {
  const { rate, ramp, 'ramp-connections': users, arrivals = 'poisson' } = values;
  if ([rate, ramp, users].filter((flag) => flag !== undefined).length > 1) {
    throw new UsageError('--rate, --ramp and --ramp-connections exclude each other: give one of them.');
  }
  if (arrivals !== 'poisson' && arrivals !== 'constant') throw wrong('arrivals', arrivals, 'poisson or constant');
  const loop = rate !== undefined || ramp !== undefined ? 'open' : 'closed';
  const fallback = loop === 'open' ? OPEN_CONNECTIONS : CLOSED_CONNECTIONS;
  const connections = parseCount('connections', values.connections ?? fallback, MOST_CONNECTIONS);
  const levels = levelsOf(values, connections);
  const durationMs = parseTime('duration', values.duration ?? '10s', 1) / levels.length;
  const steps: LoadStep[] = levels.map((level) => ({ level, durationMs }));
  const most = users === undefined ? connections : Math.max(...levels);
  return { loop, arrivals, connections: most, warmUpMs: parseTime('warm-up', values['warm-up'] ?? '2s', 0), steps };
}

function levelsOf({ rate, ramp, 'ramp-connections': users }: Values, connections: number): number[] {
  if (rate !== undefined) return [parseRate('rate', rate, MOST_RATE)];
  if (ramp !== undefined) return parseRamp('ramp', ramp, (value) => parseRate('ramp', value, MOST_RATE));
  if (users === undefined) return [connections];
  return parseRamp('ramp-connections', users, (value) => parseCount('ramp-connections', value, MOST_CONNECTIONS)).map(
    Math.round,
  );
}

function metricsOf(flag: string | undefined, url: URL): URL | undefined {
  if (flag === 'off') return undefined;
  return flag === undefined ? new URL('/metrics', url.origin) : parseUrl('--metrics', flag);
}
