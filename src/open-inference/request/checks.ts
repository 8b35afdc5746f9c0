import type { Parameter, Parameters } from './infer-request.js';

/** Longest part of a client's name that an error repeats. */
export const SHOWN_CHARACTERS = 64;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Says what is wrong, without naming the model. */
export type Refuse = (text: string) => never;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Most parameters of a request, an input or an output: they all travel with each item. */
const MOST_PARAMETERS = 64;

const NO_PARAMETERS: Parameters = {};

/** The parameters of a request, an input or an output. */
export function readParameters(value: unknown, of: string, refuse: Refuse): Parameters {
  if (value === undefined) return NO_PARAMETERS;
  if (!isObject(value)) return refuse(`${of} has parameters that are no object`);
  const entries = Object.entries(value);
  if (entries.length > MOST_PARAMETERS) refuse(`${of} has more than ${MOST_PARAMETERS} parameters`);
  for (const [name, parameter] of entries) {
    if (!isParameter(parameter))
      refuse(`${of} has a parameter "${name.slice(0, SHOWN_CHARACTERS)}" that is no string, number or boolean`);
  }
  return value as Parameters;
}

/** A parameter that says yes or no. */
export function readFlag(parameters: Parameters, name: string, of: string, refuse: Refuse): boolean | undefined {
  const value = parameters[name];
  if (value === undefined || typeof value === 'boolean') return value;
  return refuse(`${of} has a parameter "${name}" that is neither true nor false`);
}

/** Parameters of extensions that the server does not have: to ignore them would answer something else. */
export function refuseUnsupported(parameters: Parameters, of: string, names: readonly string[], refuse: Refuse): void {
  const name = names.find((candidate) => Object.hasOwn(parameters, candidate));
  if (name !== undefined) refuse(`${of} has the parameter "${name}", which is not supported here`);
}

function isParameter(value: unknown): value is Parameter {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
