import { encodeModel, floats, ints, node, type ModelFolder } from '../onnx/index.js';
import { writeWordTokenizer } from './word-tokenizer.js';

const WORDS: Readonly<Record<string, number>> = {
  '[PAD]': -50,
  '[UNK]': 0,
  '[CLS]': 0,
  '[SEP]': 0,
  highly: 2,
  recommend: 5,
  good: 3,
  terrible: -6,
  bad: -4,
};

/**
 * A model of the signature of DistilBERT SST-2, with its tokenizer: the logits are the sums of the weights of the words
 * that the mask lets through. Padding weighs much, so that it shows if it is not masked.
 */
export function writeSentimentModel(folder: ModelFolder): void {
  const weights = Object.values(WORDS);
  const sequence = { dtype: 'int64', shape: ['batch_size', 'sequence_length'] } as const;
  folder.write(
    'model.onnx',
    encodeModel({
      inputs: { input_ids: sequence, attention_mask: sequence },
      outputs: { logits: { dtype: 'float32', shape: ['batch_size', 2] } },
      initialisers: {
        table: floats(
          [weights.length, 2],
          weights.flatMap((weight) => [-weight / 2, weight / 2]),
        ),
        last: ints([1], [-1]),
        second: ints([1], [1]),
      },
      nodes: [
        node('Gather', ['table', 'input_ids'], ['embedded']),
        node('Cast', ['attention_mask'], ['mask'], { to: 1 }),
        node('Unsqueeze', ['mask', 'last'], ['column']),
        node('Mul', ['embedded', 'column'], ['kept']),
        node('ReduceSum', ['kept', 'second'], ['logits'], { keepdims: 0 }),
      ],
    }),
  );
  writeWordTokenizer(folder, Object.keys(WORDS), 16);
}
