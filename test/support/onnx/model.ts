import { attributeFields, type Attribute } from './attribute.js';
import { block, integer } from './protobuf.js';
import { DATA_TYPES, tensorFields, type Constant, type DataType } from './tensor.js';

/** Version of the file format and of the operators; both are old enough for any runtime of today. */
const IR_VERSION = 8;
const OPERATORS = 17;

/** An input or output: a dimension is a size, or a name where it is dynamic; empty for a dynamic one without a name. */
export interface Port {
  readonly dtype: DataType;
  readonly shape: readonly (number | string)[];
}

/** One operator of the standard set, e.g. `Gemm`; its outputs may be used by nodes that come later. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly inputs: Readonly<Record<string, Port>>;
  readonly outputs: Readonly<Record<string, Port>>;
  /** Weights and other constants, by the name under which nodes use them. */
  readonly initialisers?: Readonly<Record<string, Constant>>;
  readonly nodes: readonly Node[];
}

/** `node('Gemm', ['x', 'w', 'b'], ['y'], { transB: 1 })` */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Node {
  return { op, inputs, outputs, attributes };
}

/** The bytes of an ONNX file (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) with this graph. */
export function encodeModel(graph: Graph): Buffer {
  const opset = block(8, [integer(2, OPERATORS)]);
  return Buffer.concat([integer(1, IR_VERSION), block(2, 'test'), block(7, graphFields(graph)), opset]);
}

function graphFields({ inputs, outputs, initialisers = {}, nodes }: Graph): Buffer[] {
  return [
    ...nodes.map((each) => block(1, nodeFields(each))),
    block(2, 'graph'),
    ...Object.entries(initialisers).map(([name, constant]) => block(5, tensorFields(constant, name))),
    ...Object.entries(inputs).map(([name, port]) => block(11, portFields(name, port))),
    ...Object.entries(outputs).map(([name, port]) => block(12, portFields(name, port))),
  ];
}

function nodeFields({ op, inputs, outputs, attributes = {} }: Node): Buffer[] {
  return [
    ...inputs.map((name) => block(1, name)),
    ...outputs.map((name) => block(2, name)),
    block(4, op),
    ...Object.entries(attributes).map(([name, value]) => block(5, attributeFields(name, value))),
  ];
}

function portFields(name: string, { dtype, shape }: Port): Buffer[] {
  const dims = shape.map((size) => block(1, dimensionFields(size)));
  return [block(1, name), block(2, [block(1, [integer(1, DATA_TYPES[dtype]), block(2, dims)])])];
}

function dimensionFields(size: number | string): Buffer[] {
  if (typeof size === 'number') return [integer(1, size)];
  return size === '' ? [] : [block(2, size)];
}
