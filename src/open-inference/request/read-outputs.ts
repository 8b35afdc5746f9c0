import type { ServedModel } from '../model/served-model.js';
import { isObject, readFlag, readParameters, refuseUnsupported, SHOWN_CHARACTERS, type Refuse } from './checks.js';
import type { RequestedOutput } from './infer-request.js';

/** Of the extensions for classification and shared memory. */
const UNSUPPORTED = ['classification', 'shared_memory_region', 'shared_memory_byte_size', 'shared_memory_offset'];

/**
 * The outputs that are wanted: all, or those that are listed, in that order.
 * @param binary form of those that say nothing themselves
 */
export function readOutputs(model: ServedModel, given: unknown, binary: boolean, refuse: Refuse): RequestedOutput[] {
  if (given !== undefined && !Array.isArray(given)) return refuse('the outputs of the request are no list');
  const outputs = new Map<string, RequestedOutput>();
  for (const output of given ?? []) {
    const { name, wanted } = readOutput(model, output, binary, refuse);
    if (outputs.has(name)) refuse(`output "${name}" is asked for twice`);
    outputs.set(name, wanted);
  }
  const all = outputs.size > 0 ? [...outputs.values()] : [...model.outputs.values()].map((spec) => ({ spec, binary }));
  const without = all.find((output) => !output.binary && !output.spec.datatype.hasJson);
  if (!without) return all;
  const { name, datatype } = without.spec;
  return refuse(`output "${name}" of datatype ${datatype.name} has no form in JSON: ask for it as binary_data`);
}

function readOutput(
  model: ServedModel,
  output: unknown,
  binary: boolean,
  refuse: Refuse,
): { name: string; wanted: RequestedOutput } {
  const name: unknown = isObject(output) ? output['name'] : undefined;
  if (typeof name !== 'string') return refuse('an output that is asked for has no name');
  const spec = model.outputs.get(name);
  if (!spec)
    return refuse(
      `there is no output "${name.slice(0, SHOWN_CHARACTERS)}"; it has "${[...model.outputs.keys()].join('", "')}"`,
    );
  const of = `output "${spec.name}"`;
  const parameters = readParameters((output as { parameters?: unknown }).parameters, of, refuse);
  refuseUnsupported(parameters, of, UNSUPPORTED, refuse);
  return { name: spec.name, wanted: { spec, binary: readFlag(parameters, 'binary_data', of, refuse) ?? binary } };
}
