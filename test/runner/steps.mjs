import { rm } from 'node:fs/promises';
import { checkPackage } from './check-package.mjs';
import { runCommand } from './run-command.mjs';
import { runVitest } from './run-vitest.mjs';

const WALLS = ['--config', '.dependency-cruiser.mjs', 'src', 'libs', 'apps'];

/** One command counts as one check. */
async function check(command, ...args) {
  const { ok, output } = await runCommand(command, args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
}

async function build() {
  // Files of deleted sources would still be packed, and still be imported by the e2e specs.
  await rm('dist', { recursive: true, force: true });
  return check('tsc', '-p', 'tsconfig.e2e.json');
}

export const steps = [
  { name: 'build', title: 'a clean build into dist, with the fixtures of the e2e specs', run: build },
  { name: 'lint', title: 'eslint', run: () => check('eslint', '.', '--max-warnings', '0') },
  { name: 'walls', title: 'dependency-cruiser: who may import whom', run: () => check('depcruise', ...WALLS) },
  { name: 'format', title: 'prettier', run: () => check('prettier', '--check', '.') },
  { name: 'types', title: 'tsc on everything, test/types included', run: () => check('tsc', '--noEmit', '-p', '.') },
  {
    name: 'api',
    title: 'typedoc: the API reference, without a warning',
    run: () => check('typedoc', '--emit', 'none'),
  },
  { name: 'unit', title: 'unit specs, on source', run: () => runVitest('vitest.config.ts') },
  { name: 'e2e', title: 'whole-system specs, on dist', run: () => runVitest('vitest.config.e2e.ts') },
  { name: 'pack', title: 'the tarball: contents, publint, are the types wrong', run: checkPackage },
];
