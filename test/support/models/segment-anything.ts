import { mkdir, writeFile } from 'node:fs/promises';
import { encodeModel, floats, ints, node } from '../onnx/index.js';

const CHANNELS = 256;
const GRID = 64;
/** Pixels of the encoder's square per cell of its grid. */
const CELL = 16;

/**
 * Writes a folder as a hub has it for SAM: encoder and decoder of the same signatures. The thing at a point is what has its
 * colour; of three proposals the first is nothing, the last everything, and the one between fits best.
 */
export async function writeSegmentAnything(folder: string): Promise<void> {
  await mkdir(`${folder}/onnx`, { recursive: true });
  await writeFile(`${folder}/onnx/vision_encoder.onnx`, encoder());
  await writeFile(`${folder}/onnx/prompt_encoder_mask_decoder.onnx`, decoder());
}

const EMBEDDINGS = { dtype: 'float32', shape: ['batch_size', CHANNELS, GRID, GRID] } as const;

/** Mean colours of the cells, in the first three channels; 1 as the embedding of each position. */
function encoder(): Buffer {
  const identity = Float32Array.from({ length: CHANNELS * 3 }, (_, i) => (Math.floor(i / 3) === i % 3 ? 1 : 0));
  return encodeModel({
    inputs: { pixel_values: { dtype: 'float32', shape: ['batch_size', 3, GRID * CELL, GRID * CELL] } },
    outputs: { image_embeddings: EMBEDDINGS, image_positional_embeddings: EMBEDDINGS },
    initialisers: { identity: floats([CHANNELS, 3, 1, 1], identity), zero: floats([1], [0]), one: floats([1], [1]) },
    nodes: [
      node('AveragePool', ['pixel_values'], ['cells'], { kernel_shape: [CELL, CELL], strides: [CELL, CELL] }),
      node('Conv', ['cells', 'identity'], ['image_embeddings']),
      node('Mul', ['image_embeddings', 'zero'], ['zeros']),
      node('Add', ['zeros', 'one'], ['image_positional_embeddings']),
    ],
  });
}

function decoder(): Buffer {
  return encodeModel({
    inputs: {
      input_points: { dtype: 'float32', shape: ['batch_size', 'point_batch_size', 'nb_points_per_image', 2] },
      input_labels: { dtype: 'int64', shape: ['batch_size', 'point_batch_size', 'nb_points_per_image'] },
      image_embeddings: EMBEDDINGS,
      image_positional_embeddings: EMBEDDINGS,
    },
    outputs: {
      iou_scores: { dtype: 'float32', shape: ['batch_size', 'point_batch_size', 3] },
      pred_masks: { dtype: 'float32', shape: ['batch_size', 'point_batch_size', 3, 4 * GRID, 4 * GRID] },
    },
    initialisers: {
      ...{ first: ints([2], [0, 0]), second: ints([2], [1, 1]), axes: ints([2], [1, 2]) },
      ...{ pairs: ints([2], [-1, 2]), cell: floats([1], [CELL]), swap: ints([2], [1, 0]) },
      ...{ column: ints([4], [-1, CHANNELS, 1, 1]), channels: ints([1], [1]), unit: ints([1], [1]) },
      ...{ low: floats([], [0]), high: floats([], [1]), limit: floats([1], [0.5]) },
      ...{ enlarge: floats([4], [1, 1, 4, 4]), proposals: floats([1, 3, 1, 1], [-9, 0, 9]) },
      ...{ scores: floats([3], [0.5, 0.97, 0.8]) },
    },
    nodes: [
      node('Slice', ['input_points', 'first', 'second', 'axes'], ['point']),
      node('Reshape', ['point', 'pairs'], ['xy']),
      node('Div', ['xy', 'cell'], ['exact']),
      node('Cast', ['exact'], ['whole'], { to: 7 }),
      node('Gather', ['whole', 'swap'], ['row_column'], { axis: 1 }),
      node('Transpose', ['image_embeddings'], ['by_cell'], { perm: [0, 2, 3, 1] }),
      node('GatherND', ['by_cell', 'row_column'], ['at_point'], { batch_dims: 1 }),
      node('Reshape', ['at_point', 'column'], ['colour']),
      node('Sub', ['image_embeddings', 'colour'], ['difference']),
      node('Mul', ['difference', 'image_positional_embeddings'], ['weighted']),
      node('Abs', ['weighted'], ['distances']),
      node('ReduceSum', ['distances', 'channels'], ['distance'], { keepdims: 1 }),
      node('Clip', ['distance', 'low', 'high'], ['clipped']),
      node('Sub', ['limit', 'clipped'], ['likeness']),
      node('Resize', ['likeness', '', 'enlarge'], ['mask'], { mode: 'nearest' }),
      node('Add', ['mask', 'proposals'], ['masks']),
      node('Unsqueeze', ['masks', 'unit'], ['pred_masks']),
      node('Cast', ['input_labels'], ['on'], { to: 1 }),
      node('ReduceMean', ['on'], ['share'], { axes: [2], keepdims: 1 }),
      node('Mul', ['share', 'scores'], ['iou_scores']),
    ],
  });
}
