import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { REPOSITORY } from './pages.js';

/** It does not exist: the compiler is given its text. */
const FILE = join(REPOSITORY, 'test/board.ts');

/**
 * `Json` is what a value of the type is in JSON: a member of an enum of strings is its text. Panels of type `timeseries` have the
 * options of that plugin, with which Grafana itself is content to have anything.
 */
const TYPES = `
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import type { FieldConfig, Options } from '@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen.d.ts';
type Json<T> = T extends string ? \`\${T}\` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
interface Target { refId: string; expr: string; legendFormat: string }
interface Defaults extends Omit<NonNullable<Panel['fieldConfig']>['defaults'], 'custom'> { custom: FieldConfig }
interface Graph extends Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> {
  type: 'timeseries'; options: Options; targets: Target[]; fieldConfig: { defaults: Defaults; overrides: [] };
}
interface Row extends Omit<RowPanel, 'type'> { type: 'row' }
interface Board extends Omit<Dashboard, 'panels'> { panels: (Json<Graph> | Json<Row>)[] }
export const board: Json<Omit<Board, 'panels'>> & Pick<Board, 'panels'> = `;

/**
 * Checks a board against the types that Grafana generates from its schema: names, kinds, values of enums.
 * @returns one line per problem
 */
export function boardTypeProblems(json: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const text = `${TYPES}${json};`;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === FILE ? ts.createSourceFile(path, text, version, true) : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([FILE], options, host);
  const first = TYPES.split('\n').length;
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 2 - first;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

export function readBoardText(file: string): string {
  return readFileSync(join(REPOSITORY, file), 'utf8');
}
