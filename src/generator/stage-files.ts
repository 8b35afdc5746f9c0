import { posix } from 'node:path';
import { classNames } from './class-names.js';
import { renderTemplates } from './render-templates.js';

/** Folders of a project, relative, with slashes. */
export interface Folders {
  readonly source: string;
  readonly test: string;
}

/** A stage with its DTO and a test of it. @throws Error if the name is unfit */
export function stageFiles(name: string, { source, test }: Folders): Map<string, string> {
  const fromTest = posix.relative(test, source);
  return renderTemplates('stage', { ...classNames(name, 'stage'), source, test, fromTest });
}
