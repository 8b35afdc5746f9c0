import { dirname, posix } from 'node:path';
import ts from 'typescript';
import { type CodeBlock, codeBlocks } from './code-blocks.js';
import { type Page } from './pages.js';

/** A TypeScript block as a file for the compiler. */
export interface BlockModule {
  readonly page: string;
  readonly block: CodeBlock;
  /** Of the file that exists for the compiler alone, relative to the repository. */
  readonly file: string;
  /** A block without a path is a fragment: names that it does not declare are brought in. */
  readonly fragment: boolean;
}

/** Folder of the files that pages show. It does not exist: they are compiled from memory. */
const FOLDER = 'test/fixtures/shown';

/**
 * The TypeScript blocks of all pages. The named files of one page make a project; a page with
 * `<!-- continues: other.md -->` goes on with the project of that one.
 * @throws {Error} if the page that is continued does not exist
 */
export function blockModules(pages: readonly Page[]): BlockModule[] {
  return pages.flatMap((page) => {
    const folder = projectFolder(page, pages);
    return codeBlocks(page.markdown)
      .filter(({ language }) => language === 'ts' || language === 'typescript')
      .map((block) => {
        const file = block.path ?? `src/${slug(page.path)}-line-${block.line}.ts`;
        return { page: page.path, block, file: `${folder}/${file}`, fragment: block.path === undefined };
      });
  });
}

/** The module that completes the fragments of a page by what they do not declare; it may exist or not. */
export function preambleOf(page: string): string {
  return `test/fixtures/pages/${page.replace(/\.md$/, '')}.ts`;
}

/** Names that a fragment uses anywhere, without those that its own top level declares or imports. */
export function freeNames(code: string): Set<string> {
  const source = ts.createSourceFile('fragment.ts', code, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    node.forEachChild(visit);
  };
  visit(source);
  for (const name of declaredNames(source)) names.delete(name);
  return names;
}

function declaredNames(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(({ name }) => bind(name));
    else if (ts.isImportDeclaration(statement)) names.push(...importedNames(statement));
    else if ('name' in statement && statement.name) bind(statement.name as ts.Identifier);
  }
  return names;
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const named = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  const space = bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : [];
  return [...named, ...space, ...(importClause?.name ? [importClause.name.text] : [])];
}

/** @throws {Error} if the page that is continued does not exist */
export function projectFolder({ path, markdown }: Page, pages: readonly Page[]): string {
  const target = /^<!-- continues: (\S+) -->$/m.exec(markdown)?.[1];
  if (target === undefined) return `${FOLDER}/${slug(path)}`;
  const continued = posix.join(dirname(path), target);
  if (!pages.some((page) => page.path === continued)) {
    throw new Error(`"${path}" continues "${continued}", which is no page: correct the path in its comment.`);
  }
  return `${FOLDER}/${slug(continued)}`;
}

function slug(path: string): string {
  return path.replace(/\.md$/, '').replaceAll(/\W+/g, '-').toLowerCase();
}
