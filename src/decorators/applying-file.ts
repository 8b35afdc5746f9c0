import { toFileUrl } from './file-url.js';

const TEST_RUNNER = /[\\/]node_modules[\\/](?:@?vitest|vite|vite-node|@jest|jest-[^\\/]+|mocha)[\\/]/;

/** Frames outside the module that is being evaluated: the loader's, or those of a test runner. */
function isLoader(file: string): boolean {
  return file.startsWith('node:') || TEST_RUNNER.test(file);
}

/**
 * The module whose evaluation led to a call, given the call's file names from the inside out: the outermost file
 * before the loader. Helpers and mixin factories between the module and the call do not count.
 */
export function applyingFile(files: readonly string[]): string | undefined {
  const end = files.findIndex(isLoader);
  const inside = (end === -1 ? files : files.slice(0, end)).map(toFileUrl);
  return inside.findLast((file) => file !== undefined);
}
