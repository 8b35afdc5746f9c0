import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { modelFile } from '../model-file.js';
import { createTokenizer, type Tokenizer } from './create-tokenizer.js';
import type { EncodedPair } from './encoded-pair.js';

/** Positions of MiniLM, where the configuration does not tell. */
const MOST_TOKENS = 512;

/** The tokenizer that the model was trained with. */
@Injectable()
export class PairTokenizer implements OnModuleInit {
  private tokenizer!: Tokenizer;
  private limit = MOST_TOKENS;

  async onModuleInit(): Promise<void> {
    const [tokenizer, config] = await Promise.all([readJson('tokenizer.json'), readJson('tokenizer_config.json')]);
    this.tokenizer = createTokenizer(tokenizer, config);
    this.limit = Math.min(MOST_TOKENS, Number(config.model_max_length ?? MOST_TOKENS));
  }

  /** A long document loses its end, not its closing token. */
  encode(query: string, document: string): EncodedPair {
    const options = { text_pair: document, return_token_type_ids: true } as const;
    const { ids, token_type_ids } = this.tokenizer.encode(query, options);
    return { ids: this.cut(ids), types: this.cut(token_type_ids) };
  }

  private cut(values: readonly number[]): readonly number[] {
    return values.length <= this.limit ? values : [...values.slice(0, this.limit - 1), ...values.slice(-1)];
  }
}

async function readJson(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(modelFile(name), 'utf8')) as Record<string, unknown>;
}
