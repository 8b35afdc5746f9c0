import { parseExact } from '../data/exact-json.js';
import type { ServedModel } from '../model/served-model.js';
import { badRequest } from './bad-request.js';
import { isObject, readFlag, readParameters, refuseUnsupported, type JsonObject, type Refuse } from './checks.js';
import type { InferRequest } from './infer-request.js';
import { readInputs } from './read-inputs.js';
import { readOutputs } from './read-outputs.js';
import { readRaw } from './read-raw.js';
import { TensorBytes } from './tensor-bytes.js';

/** Reserved by the protocol's sequence extension. */
const UNSUPPORTED = ['sequence_id', 'sequence_start', 'sequence_end'];
const REQUEST = 'the request';

/**
 * Reads the body of an infer request: JSON, and binary tensors behind it.
 * @param header value of `Inference-Header-Content-Length`: bytes of the JSON; undefined where the whole body is JSON
 * @throws ClientError naming model, input, what it takes and what it was given
 */
export function readInferRequest(model: ServedModel, body: Buffer, header: string | undefined): InferRequest {
  const refuse: Refuse = (text) => {
    throw badRequest(model, text);
  };
  const jsonBytes = header === undefined ? body.length : headerBytes(header, body.length, refuse);
  if (jsonBytes === 0 && header !== undefined) return readRaw(model, body, refuse);
  const text = body.toString('utf8', 0, jsonBytes);
  const request = parse(text, refuse);
  const { id } = request;
  if (id !== undefined && typeof id !== 'string') refuse('the id of the request is no string');
  const parameters = readParameters(request['parameters'], REQUEST, refuse);
  refuseUnsupported(parameters, REQUEST, UNSUPPORTED, refuse);
  const binary = readFlag(parameters, 'binary_data_output', REQUEST, refuse) ?? false;
  const outputs = readOutputs(model, request['outputs'], binary, refuse);
  const bytes = new TensorBytes(body, jsonBytes);
  let exact: JsonObject | undefined;
  const inputs = readInputs(model, request['inputs'], bytes, refuse, (index) => {
    exact ??= parseExact(text) as JsonObject;
    return (exact['inputs'] as readonly JsonObject[])[index]?.['data'];
  });
  bytes.requireEnd(refuse);
  return { id: id, parameters, inputs, outputs };
}

/** Bytes of the JSON, as `Inference-Header-Content-Length` says. */
function headerBytes(header: string, bodyBytes: number, refuse: Refuse): number {
  const length = /^\d{1,15}$/.test(header) ? Number(header) : refuse('Inference-Header-Content-Length is no number');
  return length <= bodyBytes
    ? length
    : refuse(`Inference-Header-Content-Length is ${length}, and the body has ${bodyBytes} bytes`);
}

function parse(text: string, refuse: Refuse): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`the request is no JSON: ${(error as Error).message}`);
  }
  return isObject(value) ? value : refuse('the request is no JSON object');
}
