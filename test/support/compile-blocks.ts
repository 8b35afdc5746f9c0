import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type BlockModule, blockModules, freeNames, preambleOf } from './block-modules.js';
import { type Page, REPOSITORY } from './pages.js';

/** What is in scope of every fragment, so that a page need not repeat it; a page's own preamble goes before it. */
const COMMON = 'test/fixtures/pages/common.ts';

/**
 * Type-checks every TypeScript block of the pages with the compiler options of the repository.
 *
 * A block whose first line names a path (`// src/main.ts`) is a complete file. Any other is a fragment: names that it does not
 * declare come from the blocks of its page that export them, from the page's preamble
 * (`test/fixtures/pages/<page>.ts`) or from `test/fixtures/pages/common.ts`, in this order.
 * @returns one line per problem, `page:line: message`
 */
export function compileBlocks(pages: readonly Page[]): string[] {
  const modules = blockModules(pages);
  const exportsOf = exportedNames([COMMON, ...new Set(modules.map(({ page }) => preambleOf(page)))], modules);
  const texts = new Map<string, string>();
  for (const module of modules) {
    const header = module.fragment ? headerOf(module, modules, exportsOf) : '';
    texts.set(join(REPOSITORY, module.file), `${header}\n${module.block.code}\nexport {};\n`);
  }
  const program = programOf(texts, [...texts.keys()]);
  const diagnostics = [...texts.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
  );
  return diagnostics.map((diagnostic) => describe(diagnostic, modules));
}

type Exports = ReadonlyMap<string, ReadonlyMap<string, 'type' | 'value'>>;

/** On one line, so that the lines of the block keep their numbers but for that one. */
function headerOf(module: BlockModule, modules: readonly BlockModule[], exportsOf: Exports): string {
  const free = freeNames(module.block.code);
  const siblings = modules.filter((other) => other !== module && other.page === module.page).map(({ file }) => file);
  return [...siblings, preambleOf(module.page), COMMON]
    .map((file) => {
      const names = [...(exportsOf.get(file) ?? [])].filter(([name]) => free.delete(name));
      const list = names.map(([name, kind]) => (kind === 'type' ? `type ${name}` : name)).join(', ');
      return names.length > 0 ? `import { ${list} } from '${join(REPOSITORY, file).replace(/\.ts$/, '.js')}';` : '';
    })
    .join(' ');
}

/** Names that each file exports, and whether they are only types (which may not be imported as values). */
function exportedNames(files: readonly string[], modules: readonly BlockModule[]): Exports {
  const texts = new Map(modules.map(({ file, block }) => [join(REPOSITORY, file), `${block.code}\nexport {};\n`]));
  const real = files.filter((file) => existsSync(join(REPOSITORY, file)));
  const paths = [...real.map((file) => join(REPOSITORY, file)), ...texts.keys()];
  const program = programOf(texts, paths);
  const checker = program.getTypeChecker();
  return new Map(
    paths.map((path) => {
      const source = program.getSourceFile(path);
      const symbol = source && checker.getSymbolAtLocation(source);
      const names = symbol
        ? checker.getExportsOfModule(symbol).map((name) => [name.name, kindOf(name, checker)] as const)
        : [];
      return [path.slice(REPOSITORY.length), new Map(names)];
    }),
  );
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): 'type' | 'value' {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.flags & ts.SymbolFlags.Value ? 'value' : 'type';
}

let parsed: ts.CompilerOptions | undefined;
/** Files of the repository and of packages are parsed once for all programs. */
const onDisk = new Map<string, ts.SourceFile>();

/** Those of the repository; a page may show a declaration that it does not use. */
function compilerOptions(): ts.CompilerOptions {
  const file = join(REPOSITORY, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (path) => readFileSync(path, 'utf8')) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY, { noEmit: true }, file);
  return { ...options, noUnusedLocals: false, noUnusedParameters: false };
}

function programOf(texts: ReadonlyMap<string, string>, files: readonly string[]): ts.Program {
  const options = (parsed ??= compilerOptions());
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    if (texts.has(path)) return getSourceFile(path, ...rest);
    const source = onDisk.get(path) ?? getSourceFile(path, ...rest);
    if (source) onDisk.set(path, source);
    return source;
  };
  // Folders that exist in memory alone are looked into as well.
  host.directoryExists = undefined;
  return ts.createProgram([...files], options, host);
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, modules: readonly BlockModule[]): string {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  const module = modules.find((candidate) => file?.fileName === join(REPOSITORY, candidate.file));
  if (!module || !file) return message;
  // The header is line 0 of the file that was compiled.
  const line = module.block.line + Math.max(0, file.getLineAndCharacterOfPosition(start).line - 1);
  return `${module.page}:${line}: ${message}`;
}
