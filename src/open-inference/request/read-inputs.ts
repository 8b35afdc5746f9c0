import type { ServedModel, TensorSpec } from '../model/served-model.js';
import {
  isObject,
  readParameters,
  refuseUnsupported,
  SHOWN_CHARACTERS,
  type JsonObject,
  type Refuse,
} from './checks.js';
import { flatten } from './flatten.js';
import type { InputTensor } from './infer-request.js';
import { elementsOf, readShape } from './shape.js';
import type { TensorBytes } from './tensor-bytes.js';

/** Of the extensions for shared memory. */
const UNSUPPORTED = ['shared_memory_region', 'shared_memory_byte_size', 'shared_memory_offset'];

/** @param exactData the data of the input at an index, with long integers as their digits */
export function readInputs(
  model: ServedModel,
  given: unknown,
  bytes: TensorBytes,
  refuse: Refuse,
  exactData: (index: number) => unknown,
): InputTensor[] {
  if (!Array.isArray(given)) return refuse('the request has no list of inputs');
  const inputs = new Map<string, InputTensor>();
  given.forEach((input: unknown, index) => {
    if (!isObject(input)) return refuse(`input ${index} is no object`);
    const spec = specOf(model, input, refuse);
    if (inputs.has(spec.name)) refuse(`input "${spec.name}" is given twice`);
    inputs.set(
      spec.name,
      readInput(spec, input, bytes, refuse, () => exactData(index)),
    );
  });
  const missing = [...model.inputs.keys()].find((name) => !inputs.has(name));
  if (missing !== undefined) refuse(`input "${missing}" is missing`);
  return [...inputs.values()];
}

function specOf(model: ServedModel, { name, datatype }: JsonObject, refuse: Refuse): TensorSpec {
  if (typeof name !== 'string') return refuse('an input has no name');
  const spec = model.inputs.get(name);
  if (!spec)
    return refuse(
      `there is no input "${name.slice(0, SHOWN_CHARACTERS)}"; it takes "${[...model.inputs.keys()].join('", "')}"`,
    );
  if (datatype === spec.datatype.name) return spec;
  const given = typeof datatype === 'string' ? datatype.slice(0, SHOWN_CHARACTERS) : 'none';
  return refuse(`input "${spec.name}" has datatype ${given} and takes ${spec.datatype.name}`);
}

function readInput(
  spec: TensorSpec,
  input: JsonObject,
  bytes: TensorBytes,
  refuse: Refuse,
  exactData: () => unknown,
): InputTensor {
  const of = `input "${spec.name}"`;
  const { datatype } = spec;
  const parameters = readParameters(input['parameters'], of, refuse);
  refuseUnsupported(parameters, of, UNSUPPORTED, refuse);
  const shape = readShape(input['shape'], spec.shape, of, refuse);
  const count = elementsOf(shape, of, refuse);
  const size = parameters['binary_data_size'];
  try {
    if (size !== undefined) {
      if (input['data'] !== undefined) refuse(`${of} has both data and binary_data_size`);
      return { spec, shape, data: datatype.fromBinary(bytes.take(size, of, refuse), count) };
    }
    const elements = flatten(input['data'], shape, count, of, refuse);
    const exact = () => flatten(exactData(), shape, count, of, refuse);
    return { spec, shape, data: datatype.fromJson(elements, exact) };
  } catch (error) {
    if (error instanceof RangeError) refuse(`${of} of datatype ${datatype.name} ${error.message}`);
    throw error;
  }
}
