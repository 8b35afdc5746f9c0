import { posix } from 'node:path';
import { type Folders } from '../generator/stage-files.js';
import { type SchematicOptions } from './schematic.interface.js';

/** As Nest's own schematics do it: `<source root>/<path>/<name>`, without the last with `--flat`. Tests lie beside the source root. */
export function foldersOf({ path = '', sourceRoot = 'src', flat = false }: SchematicOptions, kebab: string): Folders {
  const source = posix.join(sourceRoot, path, flat ? '' : kebab);
  return { source, test: posix.join(posix.dirname(sourceRoot), 'test') };
}
