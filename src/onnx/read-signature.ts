import { closeSync, openSync } from 'node:fs';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { ByteSource } from './byte-source.js';
import { modelPath, type ModelSource } from './model-source.js';
import { ProtobufMessage } from './protobuf-message.js';
import type { ModelSignature, TensorSpec, TensorType } from './tensor-spec.js';

/** Field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
const MODEL = { graph: 7 };
const GRAPH = { initialiser: 5, input: 11, output: 12 };
const TENSOR = { name: 8 };
const VALUE = { name: 1, type: 2 };
const TYPE = { tensor: 1 };
const TENSOR_TYPE = { elementType: 1, shape: 2 };
const SHAPE = { dimension: 1 };
const DIMENSION = { value: 1, name: 2 };

/** By `TensorProto.DataType`, counted from 1. */
const ELEMENT_TYPES: readonly TensorType[] = [
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
];

/**
 * Inputs and outputs of an ONNX file, from its header alone: without onnxruntime, and without reading its weights.
 * Outputs that are no tensors (sequences, maps) are left out.
 * @throws MosecConfigurationError naming the file if it cannot be read or is no ONNX model
 * @publicApi
 */
export function readModelSignature(source: ModelSource): ModelSignature {
  const path = modelPath(source);
  const descriptor = open(path);
  try {
    return readModel(new ProtobufMessage(new ByteSource(descriptor)));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new MosecConfigurationError(`Model file "${path}" is no ONNX model, ${reason}: export or fetch it again.`, {
      cause,
    });
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MosecConfigurationError(
      `Model file "${path}" cannot be opened (${code}): give the path of an ONNX file.`,
      {
        cause,
      },
    );
  }
}

function readModel(model: ProtobufMessage): ModelSignature {
  for (const { number, message } of model.fields()) {
    if (number === MODEL.graph && message) return readGraph(message);
  }
  throw new Error('it has no graph');
}

function readGraph(graph: ProtobufMessage): ModelSignature {
  const constants = new Set<string>();
  const inputs: (TensorSpec | string)[] = [];
  const outputs: (TensorSpec | string)[] = [];
  for (const { number, message } of graph.fields()) {
    if (!message) continue;
    if (number === GRAPH.initialiser) constants.add(readText(message, TENSOR.name));
    else if (number === GRAPH.input) inputs.push(readValue(message));
    else if (number === GRAPH.output) outputs.push(readValue(message));
  }
  const other = inputs.find((input) => typeof input === 'string');
  if (other !== undefined) throw new Error(`its input "${other}" is no tensor`);
  return {
    // Old files list their weights among the inputs.
    inputs: inputs.filter(isTensor).filter(({ name }) => !constants.has(name)),
    outputs: outputs.filter(isTensor),
  };
}

function isTensor(value: TensorSpec | string): value is TensorSpec {
  return typeof value === 'object';
}

function readText(message: ProtobufMessage, field: number): string {
  for (const { number, message: text } of message.fields()) if (number === field && text) return text.text();
  return '';
}

/** @returns only its name if it is no tensor */
function readValue(value: ProtobufMessage): TensorSpec | string {
  let name = '';
  let tensor: Omit<TensorSpec, 'name'> | undefined;
  for (const { number, message } of value.fields()) {
    if (number === VALUE.name && message) name = message.text();
    if (number !== VALUE.type || !message) continue;
    for (const type of message.fields())
      if (type.number === TYPE.tensor && type.message) tensor = readType(type.message);
  }
  return tensor ? { name, ...tensor } : name;
}

function readType(type: ProtobufMessage): Omit<TensorSpec, 'name'> {
  let code = 0;
  let shape: (number | string)[] = [];
  for (const { number, integer, message } of type.fields()) {
    if (number === TENSOR_TYPE.elementType && integer !== undefined) code = integer;
    if (number === TENSOR_TYPE.shape && message) shape = readShape(message);
  }
  const dtype = ELEMENT_TYPES[code - 1];
  if (!dtype) throw new Error(`it has tensors of element type ${code}, which onnxruntime-node cannot hold`);
  return { dtype, shape };
}

function readShape(message: ProtobufMessage): (number | string)[] {
  const shape: (number | string)[] = [];
  for (const { number, message: dimension } of message.fields()) {
    if (number === SHAPE.dimension && dimension) shape.push(readDimension(dimension));
  }
  return shape;
}

function readDimension(dimension: ProtobufMessage): number | string {
  for (const { number, integer, message } of dimension.fields()) {
    // Some exporters write -1 for what is dynamic.
    if (number === DIMENSION.value && integer !== undefined && integer >= 0) return integer;
    if (number === DIMENSION.name && message) return message.text();
  }
  return '';
}
