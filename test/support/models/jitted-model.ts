import { encodeModel, floats, node, type ModelFolder } from '../onnx/index.js';

const INPUTS = 3;
const UNITS = 16;
const CATEGORIES = 2;

/** Two layers that tell whether the last number is larger than the first: one half of the units for each answer. */
export function writeJittedModel(folder: ModelFolder): void {
  const sign = (unit: number): number => (unit < UNITS / 2 ? 1 : -1);
  const first = Array.from({ length: INPUTS * UNITS }, (_, i) => (1 - Math.floor(i / UNITS)) * sign(i % UNITS));
  const second = Array.from({ length: UNITS * CATEGORIES }, (_, i) => (sign(i >> 1) > 0 === (i % 2 === 0) ? 1 : 0));
  folder.write(
    'model.onnx',
    encodeModel({
      inputs: { x: { dtype: 'float32', shape: ['batch', INPUTS] } },
      outputs: { category: { dtype: 'int64', shape: ['batch'] } },
      initialisers: { first: floats([INPUTS, UNITS], first), second: floats([UNITS, CATEGORIES], second) },
      nodes: [
        node('MatMul', ['x', 'first'], ['hidden']),
        node('Relu', ['hidden'], ['active']),
        node('MatMul', ['active', 'second'], ['logits']),
        node('Softmax', ['logits'], ['scores'], { axis: -1 }),
        node('ArgMax', ['scores'], ['category'], { axis: -1, keepdims: 0 }),
      ],
    }),
  );
}
