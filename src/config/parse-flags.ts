import { parseArgs } from 'node:util';
import { closest } from './closest.js';
import { ConfigurationValueError } from './configuration-value.error.js';
import { type Flags } from './flags.js';
import { OPTION_KEYS, OPTION_TABLE } from './option-table.js';
import { type OptionKey } from './resolved-options.interface.js';

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

const KEY_OF_FLAG = new Map<string, OptionKey>(
  OPTION_KEYS.flatMap((key) => {
    const { flag } = OPTION_TABLE[key];
    return flag ? [[flag, key] as const] : [];
  }),
);
const REQUESTS = ['help', 'version'] as const;
const KNOWN = [...KEY_OF_FLAG.keys(), ...REQUESTS];

const takesValue = (key: OptionKey): boolean => OPTION_TABLE[key].kind.placeholder !== undefined;

/**
 * Reads the command line by the option table. What follows a bare `--` belongs to the application and is not looked at.
 * @param argv the arguments without the program, `process.argv.slice(2)`
 * @throws ConfigurationValueError for every unknown flag, missing value and stray argument
 */
export function parseFlags(argv: readonly string[]): Flags {
  const tokens = tokensOf(argv);
  const problems = tokens.map(problemOf).filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new ConfigurationValueError(problems);

  const given = tokens.filter((token) => token.kind === 'option');
  const values: Partial<Record<OptionKey, string | true>> = {};
  for (const { name, value } of given) {
    const key = KEY_OF_FLAG.get(name);
    if (key) values[key] = value ?? true;
  }
  const [help, version] = REQUESTS.map((name) => given.some((token) => token.name === name));
  return { help: help === true, version: version === true, values };
}

/** Strictness is `problemOf`, not that of `parseArgs`, which stops at the first problem and knows no closest flag. */
function tokensOf(argv: readonly string[]): Token[] {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(
        [...KEY_OF_FLAG].map(([flag, key]) => [flag, { type: takesValue(key) ? 'string' : 'boolean' } as const]),
      ),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
    strict: false,
    tokens: true,
  });
  const end = tokens.findIndex((token) => token.kind === 'option-terminator');
  return end < 0 ? tokens : tokens.slice(0, end);
}

function problemOf(token: Token): string | undefined {
  if (token.kind === 'positional') return `"${token.value}" is not a flag: flags start with "--", see --help.`;
  return token.kind === 'option' ? problemOfFlag(token) : undefined;
}

function problemOfFlag({ name, rawName, value, inlineValue }: OptionToken): string | undefined {
  if (!KNOWN.includes(name)) {
    const meant = closest(name, KNOWN);
    return `"${rawName}" is not a known flag: ${meant ? `did you mean "--${meant}"?` : 'see --help for all flags.'}`;
  }
  const key = KEY_OF_FLAG.get(name);
  if (!key) return value === undefined ? undefined : `"${rawName}" takes no value: leave "${value}" away.`;
  // Without "=" the next flag would be taken for the value; a negative number is one, and gets its own message.
  const missing = value === undefined || (inlineValue === false && /^-\D/.test(value));
  const { kind } = OPTION_TABLE[key];
  return missing && takesValue(key) ? `"${rawName}" has no value: use ${kind.accepts}.` : undefined;
}
