import { encodeModel, floats, node, type ModelFolder } from '../onnx/index.js';
import { writeWordTokenizer } from './word-tokenizer.js';

/** Hidden states of the tokens. Those of padding are large, so that it shows if they are not left out of the mean. */
const STATES: Readonly<Record<string, readonly number[]>> = {
  '[PAD]': [9, 9, 9, 9],
  '[UNK]': [0, 0, 0, 0],
  '[CLS]': [0, 0, 0, 0],
  '[SEP]': [0, 0, 0, 0],
  cat: [3, 4, 0, 0],
  dog: [4, 3, 0, 0],
  car: [0, 0, 2, 0],
};

/** A model of the signature of MiniLM, with its tokenizer: each token has the same hidden state everywhere. */
export function writeEmbeddingModel(folder: ModelFolder): void {
  const sequence = { dtype: 'int64', shape: ['batch_size', 'sequence_length'] } as const;
  const rows = Object.values(STATES);
  folder.write(
    'model.onnx',
    encodeModel({
      inputs: { input_ids: sequence, attention_mask: sequence, token_type_ids: sequence },
      outputs: { last_hidden_state: { dtype: 'float32', shape: ['batch_size', 'sequence_length', 4] } },
      initialisers: {
        words: floats([rows.length, 4], rows.flat()),
        // What stands in a second sentence would get other states.
        types: floats([2, 4], [0, 0, 0, 0, 9, 9, 9, 9]),
      },
      nodes: [
        node('Gather', ['words', 'input_ids'], ['by_word']),
        node('Gather', ['types', 'token_type_ids'], ['by_type']),
        node('Add', ['by_word', 'by_type'], ['last_hidden_state']),
      ],
    }),
  );
  writeWordTokenizer(folder, Object.keys(STATES), 8);
}
