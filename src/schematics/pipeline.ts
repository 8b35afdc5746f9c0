import { classNames } from '../generator/class-names.js';
import { pipelineFiles } from '../generator/pipeline-files.js';
import { addFiles } from './add-files.js';
import { foldersOf } from './folders.js';
import { type Rule, type SchematicOptions } from './schematic.interface.js';

/** `nest g --collection nestjs-mosec pipeline <name> [path]`: a pipeline of the stage of that name. */
export function pipeline(options: SchematicOptions): Rule {
  return (tree, { logger }) => {
    const { kebab, pascal } = classNames(options.name, 'pipeline');
    const { source } = foldersOf(options, kebab);
    const stage = `${source}/${kebab}.stage.ts`;
    if (!tree.exists(stage)) {
      throw new Error(
        `"${stage}" does not exist: make it first, with nest g --collection nestjs-mosec stage ${kebab}.`,
      );
    }
    addFiles(tree, pipelineFiles(kebab, source));
    logger.info(`Add ${pascal}Pipeline to MosecModule.forFeature([…]) of your module.`);
    return tree;
  };
}
