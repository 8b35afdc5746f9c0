import { defineConfig } from 'vitest/config';

/**
 * Whole-system specs, on dist: a worker process cannot load TypeScript. `#libs/*` and 'nestjs-mosec' resolve to the
 * build, which Node itself loads, so that the specs and the build share one copy of every class.
 */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['test/e2e/**/*.e2e-spec.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    server: { deps: { external: [/\/dist\//] } },
    // Servers, worker processes and measured times: one spec file at a time.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
