import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const HELPERS = `
  import { applyDecorators } from '@nestjs/common';
  import { Stage } from './decorators/stage.decorator.js';
  export const Wrapped = (options) => Stage(options);
  export const Applied = () => applyDecorators(Stage());
  export function mixin() { @Stage() class Mixed { forward() {} } return Mixed; }
`;

const stagesUsing = (extension: string): string => `
  import { Stage } from './decorators/stage.decorator.js';
  import { Applied, mixin, Wrapped } from './helpers.${extension}';
  @Stage() export class Direct { forward() {} }
  @Wrapped({}) class InWrapper { forward() {} }
  @Applied() class InHelper { forward() {} }
  mixin();
  export const made = [0].map(() => { @Stage() class InCallback { forward() {} } return InCallback; });
`;

const MAIN = `
  const [, , file] = process.argv;
  const { registeredStageNames } = await import('./decorators/stage-registry.js');
  const { pathToFileURL } = await import('node:url');
  await import(pathToFileURL(file).href + '?lazy');
  console.log(registeredStageNames(file).join(' '));
`;

const ALL = 'Direct InWrapper InHelper Mixed InCallback';

let folder: string;

function compile(source: string, to: string, module: ts.ModuleKind): void {
  const target = ts.ScriptTarget.ES2022;
  const options = { module, target, experimentalDecorators: true, inlineSourceMap: true, inlineSources: true };
  const fileName = to.replace(/js$/, 'ts');
  writeFileSync(join(folder, to), ts.transpileModule(source, { compilerOptions: options, fileName }).outputText);
}

function compileDecorators(): void {
  const source = fileURLToPath(new URL('.', import.meta.url));
  for (const parent of ['decorators', 'interfaces']) {
    mkdirSync(join(folder, parent));
    for (const name of readdirSync(join(source, '..', parent))) {
      if (!/^[^.]*(\.decorator|\.error)?\.ts$/.test(name)) continue;
      const text = readFileSync(join(source, '..', parent, name), 'utf8');
      compile(text, join(parent, name.replace(/ts$/, 'js')), ts.ModuleKind.ESNext);
    }
  }
}

function stagesRegisteredBy(file: string, ...flags: string[]): string {
  const args = ['--no-warnings', ...flags, join(folder, 'main.mjs'), join(folder, file)];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}

describe('when plain Node evaluates a file with stages', () => {
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mosec-stage-file-')));
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    compileDecorators();
    compile(HELPERS, 'helpers.mjs', ts.ModuleKind.ESNext);
    compile(stagesUsing('mjs'), 'stages.mjs', ts.ModuleKind.ESNext);
    compile(`await null; ${stagesUsing('mjs')}`, 'awaiting.mjs', ts.ModuleKind.ESNext);
    compile(HELPERS, 'helpers.cjs', ts.ModuleKind.CommonJS);
    compile(stagesUsing('cjs'), 'stages.cjs', ts.ModuleKind.CommonJS);
    compile(`import './stages.mjs';`, 'barrel.mjs', ts.ModuleKind.ESNext);
    writeFileSync(join(folder, 'main.mjs'), MAIN);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('should record that file in an ECMAScript module', () => {
    expect(stagesRegisteredBy('stages.mjs')).toBe(ALL);
  });

  it('should record the compiled file, not its source, under --enable-source-maps', () => {
    expect(stagesRegisteredBy('stages.mjs', '--enable-source-maps')).toBe(ALL);
  });

  it('should record that file after a top-level await', () => {
    expect(stagesRegisteredBy('awaiting.mjs')).toBe(ALL);
  });

  it('should record that file in CommonJS', () => {
    expect(stagesRegisteredBy('stages.cjs')).toBe(ALL);
  });

  it('should not record the file that imports it', () => {
    expect(stagesRegisteredBy('barrel.mjs')).toBe('');
  });
});
