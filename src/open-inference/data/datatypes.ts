import { booleans } from './booleans.js';
import { brainFloat } from './brain-float.js';
import { byteStrings } from './byte-strings.js';
import type { Datatype, DatatypeName } from './datatype.js';
import { fixedWidth } from './fixed-width.js';
import { jsonBigIntegers } from './json-big-integers.js';
import { jsonFloats, jsonIntegers, noJson } from './json-numbers.js';

const FP32_LARGEST = (2 - 2 ** -23) * 2 ** 127;
const INT64_END = 2n ** 63n;

const ALL: readonly Datatype[] = [
  booleans,
  fixedWidth('UINT8', 'uint8', Uint8Array, jsonIntegers(Uint8Array, 0, 2 ** 8 - 1)),
  fixedWidth('UINT16', 'uint16', Uint16Array, jsonIntegers(Uint16Array, 0, 2 ** 16 - 1)),
  fixedWidth('UINT32', 'uint32', Uint32Array, jsonIntegers(Uint32Array, 0, 2 ** 32 - 1)),
  fixedWidth('UINT64', 'uint64', BigUint64Array, jsonBigIntegers(BigUint64Array, 0n, 2n ** 64n - 1n)),
  fixedWidth('INT8', 'int8', Int8Array, jsonIntegers(Int8Array, -(2 ** 7), 2 ** 7 - 1)),
  fixedWidth('INT16', 'int16', Int16Array, jsonIntegers(Int16Array, -(2 ** 15), 2 ** 15 - 1)),
  fixedWidth('INT32', 'int32', Int32Array, jsonIntegers(Int32Array, -(2 ** 31), 2 ** 31 - 1)),
  fixedWidth('INT64', 'int64', BigInt64Array, jsonBigIntegers(BigInt64Array, -INT64_END, INT64_END - 1n)),
  fixedWidth('FP16', 'float16', Uint16Array, noJson),
  brainFloat,
  fixedWidth('FP32', 'float32', Float32Array, jsonFloats(Float32Array, FP32_LARGEST)),
  fixedWidth('FP64', 'float64', Float64Array, jsonFloats(Float64Array, Number.MAX_VALUE)),
  byteStrings,
];

/** By name. */
const DATATYPES: ReadonlyMap<string, Datatype> = new Map(ALL.map((datatype) => [datatype.name, datatype]));

/** All names, in the order of the protocol. */
export const DATATYPE_NAMES: readonly DatatypeName[] = ALL.map(({ name }) => name);

export function datatypeOf(name: string): Datatype | undefined {
  return DATATYPES.get(name);
}
