import type { OutputTensor } from '../items/join-items.js';
import type { ServedModel } from '../model/served-model.js';
import { badRequest } from '../request/bad-request.js';

/** An infer response on its way out. */
export interface InferAnswer {
  readonly bytes: Buffer;
  /** Bytes of the JSON before the binary tensors; undefined where there are none. */
  readonly jsonBytes: number | undefined;
}

/**
 * The response: JSON, and the tensors that are wanted in binary form behind it, in their order.
 * @throws ClientError where JSON has no form for an output that the client wants in it
 */
export function inferAnswer(model: ServedModel, id: string | undefined, outputs: readonly OutputTensor[]): InferAnswer {
  const parts: Uint8Array[] = [];
  const texts = outputs.map((output) => (output.binary ? binaryOutput(output, parts) : jsonOutput(model, output)));
  const head = [
    `"model_name":${JSON.stringify(model.name)}`,
    `"model_version":${JSON.stringify(model.version)}`,
    ...(id === undefined ? [] : [`"id":${JSON.stringify(id)}`]),
  ];
  const json = Buffer.from(`{${head.join(',')},"outputs":[${texts.join(',')}]}`);
  const isBinary = outputs.some(({ binary }) => binary);
  return isBinary
    ? { bytes: Buffer.concat([json, ...parts]), jsonBytes: json.length }
    : { bytes: json, jsonBytes: undefined };
}

function binaryOutput(output: OutputTensor, parts: Uint8Array[]): string {
  const own = output.parts.flatMap((data) => output.spec.datatype.toBinary(data));
  const size = own.reduce((sum, { length }) => sum + length, 0);
  for (const part of own) parts.push(part);
  return `{${described(output)},"parameters":{"binary_data_size":${size}}}`;
}

function jsonOutput(model: ServedModel, output: OutputTensor): string {
  const { name, datatype } = output.spec;
  try {
    const texts = output.parts.filter(({ length }) => length > 0).map((data) => datatype.toJson(data));
    return `{${described(output)},"data":[${texts.join(',')}]}`;
  } catch (error) {
    if (error instanceof RangeError) throw badRequest(model, `output "${name}" ${error.message}`);
    throw error;
  }
}

function described({ spec, shape }: OutputTensor): string {
  return `"name":${JSON.stringify(spec.name)},"datatype":"${spec.datatype.name}","shape":[${shape.join(',')}]`;
}
