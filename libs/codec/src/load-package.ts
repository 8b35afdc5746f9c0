import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * An optional package, loaded at its first use.
 * @throws Error that says what to install
 */
export function loadPackage<T>(name: string, user: string): T {
  try {
    return require(name) as T;
  } catch (cause) {
    throw new Error(`${user} needs the package "${name}", which cannot be loaded: run npm install ${name}.`, { cause });
  }
}
