import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { modelFile } from '../model-file.js';
import { createTokenizer, type Tokenizer } from './create-tokenizer.js';

/** Positions of DistilBERT, where the configuration does not tell. */
const MOST_TOKENS = 512;

/** The tokenizer that the model was trained with. */
@Injectable()
export class TextTokenizer implements OnModuleInit {
  private tokenizer!: Tokenizer;
  private limit = MOST_TOKENS;

  async onModuleInit(): Promise<void> {
    const [tokenizer, config] = await Promise.all([readJson('tokenizer.json'), readJson('tokenizer_config.json')]);
    this.tokenizer = createTokenizer(tokenizer, config);
    this.limit = Math.min(MOST_TOKENS, Number(config.model_max_length ?? MOST_TOKENS));
  }

  /** Numbers of the tokens, special ones included. A long text loses its end, not its closing token. */
  encode(text: string): readonly number[] {
    const { ids } = this.tokenizer.encode(text);
    return ids.length <= this.limit ? ids : [...ids.slice(0, this.limit - 1), ...ids.slice(-1)];
  }
}

async function readJson(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(modelFile(name), 'utf8')) as Record<string, unknown>;
}
