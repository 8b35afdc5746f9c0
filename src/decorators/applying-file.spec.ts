import { describe, expect, it } from 'vitest';
import { applyingFile } from './applying-file.js';

const decorator = 'file:///app/node_modules/nestjs-mosec/dist/stage.decorator.js';

describe('when a decorator is applied', () => {
  it.each([
    ['directly', [decorator, 'file:///app/a.js', 'node:internal/modules/esm/module_job']],
    ['through a helper', [decorator, 'file:///app/helper.js', 'file:///app/a.js', 'node:internal/modules/esm/loader']],
    ['in CommonJS', [decorator, '/app/a.js', 'node:internal/modules/cjs/loader', '/app/main.js']],
    ['after a top-level await', [decorator, 'file:///app/a.js']],
    ['under vitest', [decorator, '/app/a.js', 'file:///app/node_modules/vite/dist/node/module-runner.js', '/app/b.js']],
    ['in a vitest test', [decorator, '/app/a.js', 'file:///app/node_modules/@vitest/runner/dist/index.js']],
    ['under jest', [decorator, '/app/a.js', '/app/node_modules/jest-runtime/build/index.js', '/app/b.js']],
    ['in evaluated code', [decorator, 'file:///app/a.js', 'evalmachine.<anonymous>', 'node:vm']],
  ])('should name the module that is being evaluated: %s', (_how, files) => {
    expect(applyingFile(files)).toBe('file:///app/a.js');
  });

  it('should know no file when no frame has one', () => {
    expect(applyingFile(['node:internal/main/eval_string'])).toBeUndefined();
  });
});
