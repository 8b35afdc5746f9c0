import type { Refuse } from './checks.js';
import { shown } from './bad-request.js';

/**
 * The elements of a tensor in JSON, row-major: the list itself where it is flat, else those of its nested lists, which
 * have to be as the shape says.
 */
export function flatten(
  data: unknown,
  shape: readonly number[],
  count: number,
  of: string,
  refuse: Refuse,
): readonly unknown[] {
  if (!Array.isArray(data)) return refuse(`${of} has neither data nor binary_data_size`);
  if (!Array.isArray(data[0])) {
    return data.length === count
      ? data
      : refuse(`${of} has ${data.length} elements, and shape ${shown(shape)} takes ${count}`);
  }
  const elements: unknown[] = [];
  collect(data, shape, 0, elements, () => refuse(`${of} has nested data that is not of shape ${shown(shape)}`));
  return elements;
}

/** As deep as the shape, which is that of the model, whatever the client nests. */
function collect(
  data: unknown,
  shape: readonly number[],
  depth: number,
  elements: unknown[],
  refuse: () => never,
): void {
  if (depth === shape.length) return void elements.push(data);
  if (!Array.isArray(data) || data.length !== shape[depth]) refuse();
  for (const part of data as readonly unknown[]) collect(part, shape, depth + 1, elements, refuse);
}
