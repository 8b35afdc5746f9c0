import { parseArgs } from 'node:util';

/** The pipelines that are compared with a bare route; each is served at a path of its name. */
export const PIPELINES = ['one', 'batch32', 'three'] as const;
export type PipelineName = (typeof PIPELINES)[number];

/** What can be measured. */
const SCOPES = [...PIPELINES, 'overload'] as const;
export type Scope = (typeof SCOPES)[number];

const REPORTERS = ['table', 'json'] as const;

export interface BenchOptions {
  readonly rounds: number;
  /** Measured time per case and round. */
  readonly seconds: number;
  readonly scopes: readonly Scope[];
  readonly reporter: (typeof REPORTERS)[number];
  /** Port of the server; 0 takes any free one. */
  readonly port: number;
}

export const USAGE = `Usage: npm run bench -- [options]
  --rounds <n>      rounds; every figure is a median over them (default 5)
  --seconds <s>     measured time per case and round (default 1)
  --scope <names>   ${SCOPES.join(', ')}, separated by commas, or all (default all)
  --reporter <r>    ${REPORTERS.join(' or ')} (default table)
  --port <n>        port of the server, 0 for any free one (default 0)
  --help            this text`;

/**
 * @returns undefined when the usage was asked for
 * @throws Error naming the option that is wrong
 */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1' },
      scope: { type: 'string', default: 'all' },
      reporter: { type: 'string', default: 'table' },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const names = values.scope === 'all' ? SCOPES : values.scope.split(',');
  return {
    rounds: number('rounds', values.rounds, 1, 1000, true),
    seconds: number('seconds', values.seconds, 0.05, 3600, false),
    scopes: names.map((name) => choice('scope', name, SCOPES)),
    reporter: choice('reporter', values.reporter, REPORTERS),
    port: number('port', values.port, 0, 65_535, true),
  };
}

function number(option: string, text: string, least: number, most: number, whole: boolean): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new Error(`"--${option} ${text}" must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
}

function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new Error(`"--${option} ${text}" must be one of ${choices.join(', ')}.`);
}
