import { TensorMismatchError } from './tensor-mismatch.error.js';
import { describeTensor, type TensorSpec } from './tensor-spec.js';

/** A tensor as far as its check goes. */
export interface GivenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly length: number;
}

interface Binding {
  readonly size: number;
  readonly input: string;
}

/** @throws TensorMismatchError for the first input that is missing, unknown, or of another type or shape */
export function checkFeeds(
  model: string,
  specs: readonly TensorSpec[],
  feeds: Readonly<Record<string, GivenTensor | undefined>>,
): void {
  const bound = new Map<string, Binding>();
  for (const spec of specs) {
    const given = feeds[spec.name];
    if (!given) throw new TensorMismatchError(`${expectation(model, spec)}, and was not given it.`);
    checkTensor(model, spec, given, bound);
  }
  const unknown = Object.keys(feeds).find((name) => !specs.some((spec) => spec.name === name));
  if (unknown === undefined) return;
  const names = specs.map(({ name }) => `"${name}"`).join(', ');
  throw new TensorMismatchError(`Model "${model}" has no input "${unknown}": its inputs are ${names}.`);
}

function checkTensor(model: string, spec: TensorSpec, given: GivenTensor, bound: Map<string, Binding>): void {
  const { dtype, shape } = given;
  const refuse = (why: string): never => {
    throw new TensorMismatchError(`${expectation(model, spec)}${why}, and was given ${describeTensor(dtype, shape)}.`);
  };
  if (dtype !== spec.dtype || shape.length !== spec.shape.length) refuse('');
  spec.shape.forEach((expected, axis) => {
    const size = shape[axis] as number;
    if (typeof expected === 'number') return expected === size || refuse('');
    if (expected === '') return;
    const earlier = bound.get(expected);
    if (earlier && earlier.size !== size) refuse(` with ${expected} = ${earlier.size} as in input "${earlier.input}"`);
    bound.set(expected, earlier ?? { size, input: spec.name });
  });
  const needed = shape.reduce((product, size) => product * size, 1);
  if (needed === given.length) return;
  const text = `Model "${model}" was given ${describeTensor(dtype, shape)} as input "${spec.name}"`;
  throw new TensorMismatchError(`${text}, which needs ${needed} elements and has ${given.length}.`);
}

function expectation(model: string, { name, dtype, shape }: TensorSpec): string {
  return `Model "${model}" takes input "${name}" as ${describeTensor(dtype, shape)}`;
}
