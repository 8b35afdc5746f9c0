import { endsSentence, wordsOf } from './words.js';

/**
 * A language model of the second order: each word is drawn from those that followed the two words before it in the text it was
 * trained on, as often as they did. It knows no meaning; what it writes reads like the text for a few words at a time.
 */
export class MarkovChain {
  private readonly followers = new Map<string, string[]>();
  /** First two words of each sentence. */
  private readonly starts: (readonly [string, string])[] = [];

  constructor(text: string) {
    const words = wordsOf(text);
    for (let i = 0; i + 1 < words.length; i++) {
      const [before, word, next] = words.slice(i, i + 3) as [string, string, string | undefined];
      if (i === 0 || endsSentence(words[i - 1] as string)) this.starts.push([before, word]);
      if (next !== undefined) this.learn(`${before} ${word}`, next);
    }
    if (this.starts.length === 0) throw new Error('the text to train on has fewer than two words');
  }

  /**
   * Words without end: they go on where the prompt ends, if that is known, and begin a sentence otherwise.
   * @param random numbers from 0 to 1
   */
  *write(prompt: string, random: () => number): Generator<string, never> {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    let last = wordsOf(prompt).slice(-2).join(' ');
    for (;;) {
      const followers = this.followers.get(last);
      if (followers) {
        const word = pick(followers);
        yield word;
        last = `${last.slice(last.indexOf(' ') + 1)} ${word}`;
      } else {
        const start = pick(this.starts);
        yield* start;
        last = start.join(' ');
      }
    }
  }

  private learn(pair: string, next: string): void {
    const known = this.followers.get(pair);
    if (known) known.push(next);
    else this.followers.set(pair, [next]);
  }
}
