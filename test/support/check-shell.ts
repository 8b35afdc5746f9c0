import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockModules, projectFolder } from './block-modules.js';
import { codeBlocks } from './code-blocks.js';
import { type Page, REPOSITORY } from './pages.js';

/** What a line of a shell block may name. */
export interface Known {
  /** Flags of a server, without dashes. */
  readonly serverFlags: readonly string[];
  readonly variables: readonly string[];
  /** Flags of `npm run bench`, without dashes. */
  readonly benchFlags: readonly string[];
  /** Flags of `npm run simulate`, without dashes. */
  readonly simulationFlags: readonly string[];
  /** Subcommands of `nestjs-mosec`, with the flags of each. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  readonly schematics: readonly string[];
}

/** Programs of the reader's machine. Others have to be added here, so that a slip of the pen is found. */
const PROGRAMS = [
  'cd',
  'curl',
  'cut',
  'docker',
  'grep',
  'gzip',
  'head',
  'jq',
  'kill',
  'kubectl',
  'node',
  'npm',
  'npx',
  'od',
  'pip',
  'python3',
  'redis-server',
  'seq',
  'taskset',
  'tr',
  'xargs',
  'zcat',
];

/** Folders of the repository: what begins with one of them has to exist. */
const OWN_FOLDER = /^@?((?:apps|docs|libs|src|test)\/[^\s'"]+)$/;

/**
 * Lines of the shell blocks that cannot work: unknown programs, npm scripts, steps, subcommands, flags of our own programs,
 * variables, or files that are not there.
 * @returns one line per problem
 */
export function shellProblems(pages: readonly Page[], known: Known): string[] {
  const modules = blockModules(pages);
  return pages.flatMap((page) => {
    const folder = projectFolder(page, pages);
    const shown = (path: string): boolean => modules.some(({ file }) => file === `${folder}/${path}`);
    return codeBlocks(page.markdown)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code, line }) => commandsOf(code, line))
      .flatMap(({ words, line }) =>
        problemsOf(words, known, shown).map((problem) => `${page.path}:${line}: ${problem}`),
      );
  });
}

/** Commands of a block: continued lines joined, comments left out, split at `&&`, `|` and `;`. */
function commandsOf(code: string, first: number): { words: string[]; line: number }[] {
  const lines = code.split('\n');
  const commands: { words: string[]; line: number }[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = first + index;
    let text = lines[index] ?? '';
    while (text.endsWith('\\')) text = `${text.slice(0, -1)} ${lines[(index += 1)] ?? ''}`;
    if (!/^\s*(#|$)/.test(text)) commands.push(...split(text).map((words) => ({ words, line })));
  }
  return commands;
}

function split(text: string): string[][] {
  const commands: string[][] = [[]];
  for (const [token] of text.matchAll(/&&|\|\|?|;|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"|;&]|&(?!&))+/g)) {
    if (/^(&&|\|\|?|;)$/.test(token)) commands.push([]);
    else if (token.startsWith('#')) break;
    else commands.at(-1)?.push(token);
  }
  return commands.filter(({ length }) => length > 0);
}

function problemsOf(words: string[], known: Known, shown: (path: string) => boolean): string[] {
  const start = words.findIndex((word) => !/^[A-Z_][A-Z0-9_]*=/.test(word));
  const variables = words.slice(0, Math.max(start, 0)).map((word) => word.split('=')[0] ?? '');
  const [program = '', ...args] = start < 0 ? [] : words.slice(start);
  const unknown = variables.filter((name) => name.startsWith('MOSEC_') && !known.variables.includes(name));
  return [
    ...unknown.map((name) => `"${name}" is no variable of the server.`),
    ...(program && !PROGRAMS.includes(program) ? [`"${program}" is no program that the pages use: see PROGRAMS.`] : []),
    ...args.flatMap((word) => fileProblem(word)),
    ...(PROGRAM_CHECKS[program]?.(args, known, shown) ?? []),
  ];
}

function fileProblem(word: string): string[] {
  const path = OWN_FOLDER.exec(word)?.[1];
  return path === undefined || existsSync(join(REPOSITORY, path)) ? [] : [`"${path}" does not exist.`];
}

const flagsIn = (args: readonly string[]): string[] =>
  args.flatMap((word) => /^--([a-z][\w-]*)/.exec(word)?.[1] ?? []).filter((flag) => flag !== 'help');

const unknownFlags = (args: readonly string[], known: readonly string[], of: string): string[] =>
  flagsIn(args)
    .filter((flag) => !known.includes(flag))
    .map((flag) => `"--${flag}" is no flag of ${of}.`);

type Check = (args: string[], known: Known, shown: (path: string) => boolean) => string[];

const PROGRAM_CHECKS: Readonly<Record<string, Check>> = {
  node: ([main = '', ...args], known, shown) => {
    const source = /^dist\/(.+)\.js$/.exec(main)?.[1];
    if (source === undefined) return [];
    const exists = existsSync(join(REPOSITORY, `${source}.ts`)) || shown(`${source}.ts`);
    const server = source.endsWith('/main') && !source.startsWith('apps/bench/');
    return [
      ...(exists ? [] : [`"${main}" is built from no file of the repository, and of no block of the page.`]),
      ...(server ? unknownFlags(args, known.serverFlags, 'a server') : []),
    ];
  },

  npm: ([verb = '', name = '', ...args], known) => {
    if (verb === 'start') return unknownFlags(args, known.serverFlags, 'a server');
    if (verb === 'test') return stepProblems(args.concat(name).filter((word) => word && word !== '--'));
    if (verb !== 'run') return [];
    if (!(name in manifest().scripts)) return [`"${name}" is no script of package.json.`];
    if (name === 'simulate') return unknownFlags(args, known.simulationFlags, 'the simulation');
    return name === 'bench' ? unknownFlags(args, known.benchFlags, 'the benchmark') : [];
  },

  npx: (args, known) => {
    const [tool, ...rest] = args.slice(
      args.findIndex((word, index) => !word.startsWith('-') && args[index - 1] !== '-p'),
    );
    if (tool === 'nestjs-mosec') return commandProblems(rest, known);
    const schematic = tool === 'nest' && rest[2] === 'nestjs-mosec' ? rest[3] : undefined;
    return schematic === undefined || known.schematics.includes(schematic) ? [] : [`"${schematic}" is no schematic.`];
  },
};

function commandProblems([name = '', ...args]: string[], { commands }: Known): string[] {
  const flags = commands[name];
  return flags ? unknownFlags(args, flags, `nestjs-mosec ${name}`) : [`"${name}" is no command of nestjs-mosec.`];
}

function stepProblems(names: string[]): string[] {
  const steps = readFileSync(join(REPOSITORY, 'test/runner/steps.mjs'), 'utf8');
  return names.filter((name) => !steps.includes(`name: '${name}'`)).map((name) => `"${name}" is no step of npm test.`);
}

function manifest(): { readonly scripts: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as ReturnType<typeof manifest>;
}
