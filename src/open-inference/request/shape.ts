import { shown } from './bad-request.js';
import type { Refuse } from './checks.js';

/**
 * The shape of an input, checked against what its model takes.
 * @param of the input, for errors
 */
export function readShape(given: unknown, expected: readonly number[], of: string, refuse: Refuse): readonly number[] {
  const isShape = Array.isArray(given) && given.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!isShape) return refuse(`${of} has no shape: give a list of integers that are not negative`);
  const shape = given as readonly number[];
  const fits = shape.length === expected.length && shape.every((size, i) => expected[i] === -1 || expected[i] === size);
  return fits ? shape : refuse(`${of} has shape ${shown(shape)} and takes ${shown(expected)}`);
}

/** How many elements a shape has; more than an integer can count are more than any body holds. */
export function elementsOf(shape: readonly number[], of: string, refuse: Refuse): number {
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : refuse(`${of} has shape ${shown(shape)}, which is too large`);
}
