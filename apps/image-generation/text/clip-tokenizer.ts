import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { modelFile } from '../models/model-file.js';
import { fitContext } from './token-ids.js';

/** The declarations of the package do not resolve under `nodenext`: what is used of it. */
interface TextTokenizer {
  encode(text: string): { readonly ids: number[] };
  token_to_id(token: string): number | undefined;
}

const TokenizerClass = Tokenizer as unknown as new (tokenizer: object, config: object) => TextTokenizer;

interface TokenizerConfig {
  readonly pad_token?: string | { readonly content: string };
}

/** Text in tokens, as `tokenizer/tokenizer.json` says. */
@Injectable()
export class ClipTokenizer implements OnModuleInit {
  private tokenizer!: TextTokenizer;
  private padding = 0;

  async onModuleInit(): Promise<void> {
    const [tokenizer, config] = await Promise.all(
      ['tokenizer.json', 'tokenizer_config.json'].map(
        async (name) => JSON.parse(await readFile(modelFile(`tokenizer/${name}`), 'utf8')) as object,
      ),
    );
    this.tokenizer = new TokenizerClass(tokenizer!, config!);
    this.padding = this.paddingOf(config as TokenizerConfig);
  }

  /** Ids of the text, as many as the encoder takes. */
  encode(text: string): number[] {
    return fitContext(this.tokenizer.encode(text).ids, this.padding);
  }

  private paddingOf({ pad_token: token }: TokenizerConfig): number {
    const text = typeof token === 'object' ? token.content : token;
    const id = text === undefined ? undefined : this.tokenizer.token_to_id(text);
    if (id === undefined)
      throw new Error('tokenizer_config.json has no "pad_token" of tokenizer.json: take both from one model.');
    return id;
  }
}
