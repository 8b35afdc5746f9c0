import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';

interface Line {
  readonly left: string;
  readonly help: string;
  readonly variable?: string;
  readonly fallback?: string;
}

const REQUESTS: readonly Line[] = [
  { left: '-h, --help', help: 'show this text' },
  { left: '--version', help: 'show the version' },
];

/** What `--help` prints: every flag with its value, unit, variable and default, in columns. */
export function helpText(program = 'node main.js'): string {
  const lines = [...OPTION_KEYS.flatMap(lineOf), ...REQUESTS];
  const width = (column: (line: Line) => string): number => Math.max(...lines.map((line) => column(line).length));
  const [left, help, variable] = [width(({ left }) => left), width(({ help }) => help), width((l) => l.variable ?? '')];
  const rows = lines.map((line) =>
    [line.left.padEnd(left), line.help.padEnd(help), (line.variable ?? '').padEnd(variable), line.fallback ?? '']
      .join('  ')
      .trimEnd(),
  );
  return [
    `Usage: ${program} [flags] [-- arguments of the application]`,
    '',
    'A flag wins over its variable, the variable over MosecModule.forRoot(), and that over the default.',
    '',
    ...rows.map((row) => `  ${row}`),
    '',
  ].join('\n');
}

function lineOf(key: (typeof OPTION_KEYS)[number]): Line[] {
  const { flag, kind, help, variable, default: value } = OPTION_TABLE[key];
  if (!flag) return [];
  const left = [`--${flag}`, kind.placeholder].filter(Boolean).join(' ');
  const hasDefault = value !== undefined && value !== false && typeof value !== 'object';
  const fallback = hasDefault ? `default ${value}` : undefined;
  return [{ left, help, ...(variable && { variable }), ...(fallback && { fallback }) }];
}
