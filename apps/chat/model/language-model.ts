import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { MarkovChain } from './markov-chain.js';
import { randomOf } from './random.js';
import { endsSentence, proseOf } from './words.js';

/** The documentation of this repository, seen from the built program. */
const PAGES = new URL('../../../../docs/', import.meta.url);

/** The model that a worker has: trained when it starts. */
@Injectable()
export class LanguageModel {
  private readonly chain: MarkovChain;

  constructor() {
    const pages = readdirSync(PAGES).filter((file) => file.endsWith('.md'));
    this.chain = new MarkovChain(
      pages
        .sort()
        .map((file) => proseOf(readFileSync(new URL(file, PAGES), 'utf8')))
        .join('\n'),
    );
  }

  /** At most `maxTokens` tokens; ends before that with the first sentence that ends in its second half. */
  *complete(prompt: string, maxTokens: number, seed: number): Generator<string, 'stop' | 'length'> {
    let count = 0;
    for (const word of this.chain.write(prompt, randomOf(seed))) {
      yield word;
      if (++count >= maxTokens) return 'length';
      if (count >= maxTokens / 2 && endsSentence(word)) return 'stop';
    }
    return 'stop';
  }
}
