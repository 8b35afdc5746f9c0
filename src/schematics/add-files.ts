import { type SchematicTree } from './schematic.interface.js';

/** @throws Error before anything is written, if one of the files exists */
export function addFiles(tree: SchematicTree, files: ReadonlyMap<string, string>): SchematicTree {
  const taken = [...files.keys()].find((path) => tree.exists(path));
  if (taken !== undefined) throw new Error(`"${taken}" exists already: choose another name, or remove it.`);
  for (const [path, content] of files) tree.create(path, content);
  return tree;
}
