import type { ModelFolder } from '../onnx/index.js';

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

/**
 * A tokenizer of whole words in the form of https://huggingface.co/docs/tokenizers, as BERT's is: `[CLS] text [SEP]`, or
 * `[CLS] text [SEP] other [SEP]` with the second part of type 1.
 * @param words their places are their ids; the special tokens are among them
 */
export function writeWordTokenizer(folder: ModelFolder, words: readonly string[], mostTokens: number): void {
  const idOf = (token: string): number => words.indexOf(token);
  const text = (id: 'A' | 'B', type_id: number) => ({ Sequence: { id, type_id } });
  const special = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const single = [special('[CLS]', 0), text('A', 0), special('[SEP]', 0)];
  const tokenizer = {
    version: '1.0',
    added_tokens: SPECIAL.map((content) => ({ id: idOf(content), content, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, text('B', 1), special('[SEP]', 1)],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, index) => [word, index])),
    },
  };
  const config = { do_lower_case: true, model_max_length: mostTokens };
  folder.write('tokenizer.json', Buffer.from(JSON.stringify(tokenizer)));
  folder.write('tokenizer_config.json', Buffer.from(JSON.stringify(config)));
}
