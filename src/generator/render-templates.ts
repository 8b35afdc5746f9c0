import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';

const ROOT = join(dirname(createRequire(import.meta.url).resolve('nestjs-mosec/package.json')), 'templates');
const SUFFIX = '.template';

/**
 * Fills a folder of templates. `__name__` stands for a value, in paths and in contents.
 * @returns contents by path, relative, with slashes
 * @throws Error if a template names a value that is not given
 */
export function renderTemplates(folder: string, values: Readonly<Record<string, string>>): Map<string, string> {
  const fill = (text: string): string =>
    text.replaceAll(/__([a-zA-Z]+)__/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`"__${name}__" has no value: correct the template in "${folder}".`);
      return value;
    });
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  return new Map(
    files.map((file) => {
      const path = file.split(sep).join(posix.sep).slice(0, -SUFFIX.length);
      return [posix.normalize(fill(path)), fill(readFileSync(join(ROOT, folder, file), 'utf8'))];
    }),
  );
}
