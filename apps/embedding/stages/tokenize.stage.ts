import { Stage, type ItemStage } from 'nestjs-mosec';
import type { EmbeddingInput } from 'nestjs-mosec/openai';
import { TextTokenizer } from './text-tokenizer.js';

@Stage({ providers: [TextTokenizer] })
export class Tokenize implements ItemStage<EmbeddingInput, readonly number[]> {
  readonly example = 'a sentence';

  constructor(private readonly tokenizer: TextTokenizer) {}

  forward(input: EmbeddingInput): readonly number[] {
    return this.tokenizer.encode(input);
  }
}
