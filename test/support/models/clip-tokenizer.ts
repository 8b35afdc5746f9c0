/** Words that the stand-in for Stable Diffusion knows, as red, green and blue from -1 to 1. */
export const COLOURS: Readonly<Record<string, readonly number[]>> = {
  red: [1, -1, -1],
  lime: [-1, 1, -1],
  blue: [-1, -1, 1],
  dark: [-0.4, -0.4, -0.4],
};
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const [BEGIN, END] = ['<|startoftext|>', '<|endoftext|>'];

/** Merges that make one token of each of those words. */
const MERGES = Object.keys(COLOURS).flatMap((word) => {
  const parts = [...word.slice(0, -1), `${word.at(-1)}</w>`];
  return parts.slice(1).map((part, i) => [parts.slice(0, i + 1).join(''), part] as const);
});
export const VOCABULARY = [
  ...new Set([
    ...LETTERS,
    ...LETTERS.map((letter) => `${letter}</w>`),
    ...MERGES.map((pair) => pair.join('')),
    BEGIN,
    END,
  ]),
];
const id = (token: string): number => VOCABULARY.indexOf(token);
const special = (content: string) => ({
  id: id(content),
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: true,
  special: true,
});

/** A `tokenizer.json` with the parts of that of CLIP. */
export const tokenizerJson = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [special(BEGIN), special(END)],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFC' },
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Lowercase' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      {
        type: 'Split',
        pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
        behavior: 'Removed',
        invert: true,
      },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    ],
  },
  post_processor: {
    type: 'RobertaProcessing',
    sep: [END, id(END)],
    cls: [BEGIN, id(BEGIN)],
    trim_offsets: false,
    add_prefix_space: false,
  },
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: END,
    continuing_subword_prefix: '',
    end_of_word_suffix: '</w>',
    fuse_unk: false,
    vocab: Object.fromEntries(VOCABULARY.map((token, index) => [token, index])),
    merges: [...new Set(MERGES.map((pair) => pair.join(' ')))],
  },
};

export const tokenizerConfig = {
  tokenizer_class: 'CLIPTokenizer',
  bos_token: BEGIN,
  eos_token: END,
  unk_token: END,
  pad_token: END,
  model_max_length: 77,
};
