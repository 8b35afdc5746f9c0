import * as tokenizers from '@huggingface/tokenizers';

/** What is used of it. TypeScript does not find the package's own types here: their imports lack file extensions. */
export interface Tokenizer {
  encode(text: string): { readonly ids: readonly number[] };
  /** Undefined if the vocabulary has no such token. */
  id_to_token(id: number): string | undefined;
}

type TokenizerClass = new (tokenizer: object, config: object) => Tokenizer;

/** @param tokenizer content of `tokenizer.json` @param config content of `tokenizer_config.json` */
export function createTokenizer(tokenizer: object, config: object): Tokenizer {
  const Class = tokenizers.Tokenizer as unknown as TokenizerClass;
  return new Class(tokenizer, config);
}
