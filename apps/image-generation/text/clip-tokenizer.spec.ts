import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ClipTokenizer } from './clip-tokenizer.js';
import { CONTEXT } from './token-ids.js';

const vocab = { '<end>': 0, '<begin>': 1, a: 2, cat: 3 };
const tokenizer = {
  version: '1.0',
  added_tokens: ['<end>', '<begin>'].map((content, id) => ({ id, content, special: true, normalized: false })),
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: { type: 'RobertaProcessing', sep: ['<end>', 0], cls: ['<begin>', 1], trim_offsets: false },
  decoder: null,
  model: {
    type: 'WordPiece',
    vocab,
    unk_token: '<end>',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
  },
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
  await mkdir(`${folder}/tokenizer`);
  await writeFile(`${folder}/tokenizer/tokenizer.json`, JSON.stringify(tokenizer));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

async function load(config: object): Promise<ClipTokenizer> {
  vi.stubEnv('MODEL_DIR', folder);
  await writeFile(`${folder}/tokenizer/tokenizer_config.json`, JSON.stringify(config));
  const loaded = new ClipTokenizer();
  await loaded.onModuleInit();
  return loaded;
}

describe('when a text is tokenised', () => {
  it('should stand between its begin and end token, filled up with the padding token', async () => {
    const ids = (await load({ pad_token: 'a' })).encode('A Cat');
    expect(ids).toEqual([1, 2, 3, 0, ...new Array<number>(CONTEXT - 4).fill(2)]);
  });

  it('should keep its end token where it is cut off', async () => {
    const ids = (await load({ pad_token: { content: '<end>' } })).encode('cat '.repeat(200));
    expect(ids).toEqual([1, ...new Array<number>(CONTEXT - 2).fill(3), 0]);
  });
});

describe('when the two files do not belong together', () => {
  it('should say so', async () => {
    await expect(load({ pad_token: '<pad>' })).rejects.toThrow(
      'no "pad_token" of tokenizer.json: take both from one model',
    );
    await expect(load({})).rejects.toThrow('no "pad_token"');
  });
});
