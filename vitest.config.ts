import { defineConfig } from 'vitest/config';

/** Unit specs, on source. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  ssr: { resolve: { conditions: ['mosec-source', 'node', 'import', 'module', 'default'] } },
  resolve: { conditions: ['mosec-source', 'node', 'import', 'module', 'default'] },
  test: { include: ['{src,libs,apps,test}/**/*.spec.ts'], exclude: ['**/*.e2e-spec.ts', 'dist/**', 'node_modules/**'] },
});
