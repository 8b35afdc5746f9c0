/** The forms that one name takes in generated code. */
export interface ClassNames {
  /** Of the class: `UpperCase`. */
  readonly pascal: string;
  /** Of files and routes: `upper-case`. */
  readonly kebab: string;
}

/** What the generated files import or declare besides. */
const USED = ['Stage', 'BatchStage', 'Pipeline', 'PipelineOf', 'Route', 'ApiProperty', 'IsString', 'Test'];

/**
 * Names for a stage or a pipeline, from `UpperCase`, `upperCase`, `upper-case`, `upper_case` or `upper case`. The suffix of
 * its kind may be left out or not: `UpperCaseStage` is `UpperCase` too.
 * @throws Error naming what is wrong
 */
export function classNames(name: string, kind: 'stage' | 'pipeline'): ClassNames {
  const refuse = (cure: string): Error => new Error(`"${name}" cannot be the name of a ${kind}: ${cure}.`);
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
  if (words.length > 1 && words.at(-1) === kind) words.pop();
  const kebab = words.join('-');
  if (!/^[a-z][a-z0-9-]*$/.test(kebab)) throw refuse('use letters and digits, beginning with a letter, as upper-case');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (USED.includes(pascal) || pascal in globalThis) throw refuse(`"${pascal}" means something else already`);
  return { pascal, kebab };
}
