import { createRequire } from 'node:module';

/** The version of this package, as `--version` prints it. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('nestjs-mosec/package.json') as { version: string };
  return version;
}
