import { encodeModel, floats, ints, node, type ModelFolder } from '../onnx/index.js';
import { writeWordTokenizer } from './word-tokenizer.js';

/** How much a word of a document adds. Padding weighs much, so that it shows if it is not masked. */
const WORDS: Readonly<Record<string, number>> = {
  '[PAD]': 50,
  '[UNK]': -1,
  '[CLS]': 0,
  '[SEP]': 0,
  cat: 2,
  food: 3,
  dog: 0.5,
};

/**
 * A model of the signature of a cross-encoder, with its tokenizer: the logit is the sum of the weights of the words of the
 * second text that the mask lets through.
 */
export function writeRerankModel(folder: ModelFolder): void {
  const sequence = { dtype: 'int64', shape: ['batch_size', 'sequence_length'] } as const;
  const weights = Object.values(WORDS);
  folder.write(
    'model.onnx',
    encodeModel({
      inputs: { input_ids: sequence, attention_mask: sequence, token_type_ids: sequence },
      outputs: { logits: { dtype: 'float32', shape: ['batch_size', 1] } },
      initialisers: { table: floats([weights.length], weights), second: ints([1], [1]) },
      nodes: [
        node('Gather', ['table', 'input_ids'], ['weights']),
        node('Mul', ['attention_mask', 'token_type_ids'], ['counted']),
        node('Cast', ['counted'], ['factors'], { to: 1 }),
        node('Mul', ['weights', 'factors'], ['kept']),
        node('ReduceSum', ['kept', 'second'], ['logits'], { keepdims: 1 }),
      ],
    }),
  );
  writeWordTokenizer(folder, Object.keys(WORDS), 10);
}
