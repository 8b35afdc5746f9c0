import { mkdir, writeFile } from 'node:fs/promises';
import { encodeModel, floats, ints, node } from '../onnx/index.js';

/** ImageNet's numbers of some things that have one colour, and that colour, from 0 to 1. */
const COLOURS: Readonly<Record<number, { label: string; rgb: readonly number[] }>> = {
  948: { label: 'Granny Smith', rgb: [0.55, 0.75, 0.25] },
  949: { label: 'strawberry', rgb: [0.8, 0.1, 0.15] },
  950: { label: 'orange', rgb: [0.95, 0.55, 0.1] },
  951: { label: 'lemon', rgb: [0.95, 0.85, 0.3] },
  952: { label: 'fig', rgb: [0.35, 0.2, 0.35] },
};
const CLASSES = 1000;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Of the 224 pixels of each side. */
const MIDDLE = { start: ints([2], [72, 72]), end: ints([2], [152, 152]), axes: ints([2], [2, 3]) };
const UNLIKELY = -40;

/**
 * Writes a folder as a hub has it for ResNet-50: `config.json` and `onnx/model.onnx` of the same signature, whose
 * scores are the distances of the mean colour in the middle of the picture from those of five fruits.
 */
export async function writeImageClassifier(folder: string): Promise<void> {
  await mkdir(`${folder}/onnx`, { recursive: true });
  await writeFile(`${folder}/onnx/model.onnx`, encodeModel(classifier()));
  const label = (index: number): string => COLOURS[index]?.label ?? `class ${index}`;
  const id2label = Object.fromEntries(Array.from({ length: CLASSES }, (_, index) => [index, label(index)]));
  await writeFile(`${folder}/config.json`, JSON.stringify({ model_type: 'resnet', id2label }));
}

/** -|x - c|^2 without |x|^2, which all classes have in common: 2cx - |c|^2. */
function classifier() {
  const weights = new Float32Array(3 * CLASSES);
  const bias = new Float32Array(CLASSES).fill(UNLIKELY);
  for (const [index, { rgb }] of Object.entries(COLOURS)) {
    const colour = rgb.map((value, c) => (value - MEAN[c]!) / DEVIATION[c]!);
    colour.forEach((value, c) => (weights[c * CLASSES + Number(index)] = 2 * value));
    bias[Number(index)] = -colour.reduce((sum, value) => sum + value * value, 0);
  }
  return {
    inputs: { pixel_values: { dtype: 'float32', shape: ['batch_size', 'num_channels', 'height', 'width'] } },
    outputs: { logits: { dtype: 'float32', shape: ['batch_size', CLASSES] } },
    initialisers: { weights: floats([3, CLASSES], weights), bias: floats([CLASSES], bias), ...MIDDLE },
    nodes: [
      node('Slice', ['pixel_values', 'start', 'end', 'axes'], ['middle']),
      node('ReduceMean', ['middle'], ['mean'], { axes: [2, 3], keepdims: 0 }),
      node('Gemm', ['mean', 'weights', 'bias'], ['logits']),
    ],
  } as const;
}
