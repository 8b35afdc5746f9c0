import { inspect } from 'node:util';
import { ConfigurationValueError } from './configuration-value.error.js';
import { type Flags } from './flags.js';
import { type MosecModuleOptions } from './mosec-module-options.interface.js';
import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';
import { type OptionKey, type OptionValues, type ResolvedOptions } from './resolved-options.interface.js';

/** Where a configuration comes from, most important first. */
export interface OptionSources {
  readonly flags?: Partial<Flags>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly options?: MosecModuleOptions;
}

interface Given {
  readonly source: string;
  readonly raw: unknown;
  readonly value: unknown;
  /** 0 flag, 1 variable, 2 forRoot: the lowest wins. */
  readonly rank: number;
}

const DEFAULT_RANK = 3;

/**
 * The complete configuration: flag, else `MOSEC_*` variable, else `forRoot`, else default.
 * An empty variable counts as not set. Values that are overruled are checked too.
 * @throws ConfigurationValueError that lists every bad value
 */
export function resolveOptions(sources: OptionSources): ResolvedOptions {
  const given = OPTION_KEYS.map((key) => [key, givenFor(key, sources)] as const);
  const problems = given.flatMap(([key, all]) => all.filter(isBad).map((one) => problemOf(key, one)));
  if (problems.length > 0) throw new ConfigurationValueError(problems);

  const winners = new Map(given.map(([key, all]) => [key, all[0]]));
  const rankOf = (key: OptionKey): number => winners.get(key)?.rank ?? DEFAULT_RANK;
  const values = Object.fromEntries(
    OPTION_KEYS.map((key) => [key, winners.get(key)?.value ?? OPTION_TABLE[key].default]),
  ) as unknown as OptionValues;

  const { debug, ...rest } = values;
  const resolved = { ...rest, statusPage: rest.statusPage ?? sources.env?.['NODE_ENV'] !== 'production' };
  const debugWins = debug && rankOf('debug') <= rankOf('logLevel');
  return Object.freeze({ ...resolved, ...(debugWins && { logLevel: 'debug' as const }) });
}

function givenFor(key: OptionKey, { flags, env = {}, options = {} }: OptionSources): Given[] {
  const { kind, flag, variable } = OPTION_TABLE[key];
  const given = [
    { source: `--${flag}`, raw: flags?.values?.[key], read: fromTextOrSwitch(key) },
    { source: `${variable}`, raw: variable && (env[variable] || undefined), read: fromTextOrSwitch(key) },
    { source: `forRoot({ ${key} })`, raw: options[key], read: kind.fromValue },
  ];
  return given
    .map(({ source, raw, read }, rank) => ({ source, raw, rank, value: read(raw) }))
    .filter(({ raw }) => raw !== undefined);
}

/** A flag or variable is text, except that a switch may stand without one. */
const fromTextOrSwitch =
  (key: OptionKey) =>
  (raw: unknown): unknown =>
    typeof raw === 'string' ? OPTION_TABLE[key].kind.fromText(raw) : OPTION_TABLE[key].kind.fromValue(raw);

const isBad = ({ value }: Given): boolean => value === undefined;

function problemOf(key: OptionKey, { source, raw }: Given): string {
  const { accepts, isSecret } = OPTION_TABLE[key].kind;
  const shown = typeof raw === 'string' ? `"${raw}"` : inspect(raw, { depth: 0, breakLength: Infinity });
  return `${source} is ${isSecret ? 'not usable' : shown}: use ${accepts}.`;
}
