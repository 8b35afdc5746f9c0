import { classNames } from '../generator/class-names.js';
import { stageFiles } from '../generator/stage-files.js';
import { addFiles } from './add-files.js';
import { foldersOf } from './folders.js';
import { type Rule, type SchematicOptions } from './schematic.interface.js';

/** `nest g --collection nestjs-mosec stage <name> [path]` */
export function stage(options: SchematicOptions): Rule {
  return (tree) => {
    const { kebab } = classNames(options.name, 'stage');
    const folders = foldersOf(options, kebab);
    const files = stageFiles(kebab, folders);
    if (options.spec === false) {
      for (const path of files.keys()) if (path.endsWith('.test.ts')) files.delete(path);
    }
    return addFiles(tree, files);
  };
}
