import { readFileSync } from 'node:fs';
import { OptionDefaults } from 'typedoc';

const { exports: doors } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The source of every door of the package, so that a new one is documented as soon as it is there. */
const entryPoints = Object.values(doors)
  .filter((door) => typeof door === 'object')
  .map(({ types }) => types.replace(/^\.\/dist\//, '').replace(/\.d\.ts$/, '.ts'));

/** @type {import('typedoc').TypeDocOptions} */
export default {
  entryPoints,
  out: 'docs/api',
  name: 'nestjs-mosec',
  readme: 'none',
  excludePrivate: true,
  excludeInternal: true,
  // A reader of the package has no sources at hand, and a checkout need not have a remote.
  disableSources: true,
  modifierTags: [...OptionDefaults.modifierTags, '@publicApi'],
  // Types that only the compiler computes with; a reader needs the names that they stand behind.
  intentionallyNotExported: [
    'AnyClass',
    'Carried',
    'Chain',
    'ChainEvent',
    'ChainInput',
    'ChainOutput',
    'CheckedModels',
    'CheckParameter',
    'ClientOf',
    'IsCarried',
    'NdArrayData',
    'SseStageDecorator',
    'StageDecorator',
    'StageHandler',
  ],
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Enum'],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
};
