import { Stage, type ItemStage } from 'nestjs-mosec';
import { TextRequest } from '../text.dto.js';

/** How often each word is there. */
@Stage({ input: TextRequest })
export class Count implements ItemStage<TextRequest, [string, number][]> {
  forward({ text }: TextRequest): [string, number][] {
    const counts = new Map<string, number>();
    for (const word of text.toLowerCase().split(/\s+/)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return [...counts];
  }
}
