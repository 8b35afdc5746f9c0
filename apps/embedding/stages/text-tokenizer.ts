import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClientError } from 'nestjs-mosec';
import { modelFile } from '../model-file.js';
import { createTokenizer, type Tokenizer } from './create-tokenizer.js';

/** Positions of MiniLM, where the configuration does not tell. */
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

  /**
   * @param input a text, or the ids of its tokens
   * @throws ClientError when it is too long, or an id is none of the model's
   */
  encode(input: string | readonly number[]): readonly number[] {
    const ids = typeof input === 'string' ? this.tokenizer.encode(input).ids : input;
    if (ids.length > this.limit) {
      throw new ClientError(`the input has ${ids.length} tokens, and this model takes ${this.limit}`);
    }
    const unknown = ids.find((id) => this.tokenizer.id_to_token(id) === undefined);
    if (unknown !== undefined) throw new ClientError(`this model has no token ${unknown}`);
    return ids;
  }
}

async function readJson(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(modelFile(name), 'utf8')) as Record<string, unknown>;
}
