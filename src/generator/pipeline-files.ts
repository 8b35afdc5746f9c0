import { classNames } from './class-names.js';
import { renderTemplates } from './render-templates.js';

/** A pipeline of the stage of the same name, with a route. @throws Error if the name is unfit */
export function pipelineFiles(name: string, source: string): Map<string, string> {
  return renderTemplates('pipeline', { ...classNames(name, 'pipeline'), source });
}
