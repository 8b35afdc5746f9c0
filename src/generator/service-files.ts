import { createRequire } from 'node:module';
import { pipelineFiles } from './pipeline-files.js';
import { renderTemplates } from './render-templates.js';
import { stageFiles } from './stage-files.js';

/** Name of the one stage of a new service. */
const STAGE = 'count-words';

const USED = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  'class-transformer',
  'class-validator',
  'reflect-metadata',
  'rxjs',
];
const USED_TO_BUILD = ['@nestjs/testing', '@types/node', 'typescript'];

type Versions = Readonly<Record<string, string>>;

/** @param specifier what npm installs as this package */
export function serviceFiles(name: string, { specifier }: { readonly specifier: string }): Map<string, string> {
  return new Map([
    ['package.json', `${JSON.stringify(manifest(name, specifier), undefined, 2)}\n`],
    ...renderTemplates('service', { name }),
    ...stageFiles(STAGE, { source: 'src', test: 'test' }),
    ...pipelineFiles(STAGE, 'src'),
  ]);
}

function manifest(name: string, specifier: string): object {
  const own = createRequire(import.meta.url)('nestjs-mosec/package.json') as {
    readonly engines: Versions;
    readonly peerDependencies: Versions;
    readonly devDependencies: Versions;
  };
  const pick = (names: readonly string[], versions: Versions): Versions =>
    Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  return {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: own.engines,
    scripts: {
      build: 'tsc -p .',
      start: 'npm run --silent build && node dist/src/main.js',
      test: 'npm run --silent build && node --test dist/test/*.test.js',
    },
    dependencies: { ...pick(USED, own.peerDependencies), 'nestjs-mosec': specifier },
    devDependencies: pick(USED_TO_BUILD, { ...own.devDependencies, ...own.peerDependencies }),
  };
}
