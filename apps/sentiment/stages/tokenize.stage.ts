import { Stage, text, ValidationError, type ItemStage } from 'nestjs-mosec';
import { encodedText, type EncodedText } from './encoded-text.js';
import { TextTokenizer } from './text-tokenizer.js';

@Stage({ replicas: 2, codec: text, input: String, providers: [TextTokenizer] })
export class Tokenize implements ItemStage<string, EncodedText> {
  readonly example = 'a masterpiece';

  constructor(private readonly tokenizer: TextTokenizer) {}

  forward(given: string): EncodedText {
    if (given.trim() === '') throw new ValidationError('the text must not be blank');
    return encodedText(this.tokenizer.encode(given));
  }
}
