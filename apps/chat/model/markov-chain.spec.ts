import { describe, expect, it } from 'vitest';
import { MarkovChain } from './markov-chain.js';
import { randomOf } from './random.js';
import { proseOf, wordsOf } from './words.js';

const TEXT = 'The cat sat. The cat ran away. A dog sat down. The dog ran away.';

/** So many words of the chain. */
function write(prompt: string, count: number, seed = 1): string {
  const words = new MarkovChain(TEXT).write(prompt, randomOf(seed));
  return Array.from({ length: count }, () => words.next().value).join(' ');
}

describe('when the chain writes', () => {
  it('should go on where the prompt ends, with what followed there', () => {
    expect(write('I saw that A dog', 2)).toBe('sat down.');
    expect(write('it ran', 3)).toMatch(/^(The|A) /);
  });

  it('should begin with a sentence where it knows nothing of the prompt', () => {
    for (let seed = 0; seed < 20; seed++) expect(write('', 2, seed)).toMatch(/^(The cat|A dog|The dog)$/);
  });

  it('should write only pairs of words that stand in the text, and all that follow a pair', () => {
    const followers = new Set<string>();
    for (let seed = 0; seed < 100; seed++) followers.add(write('The cat', 1, seed));
    expect([...followers].sort()).toEqual(['ran', 'sat.']);
    const words = wordsOf(write('', 200));
    const pairs = wordsOf(TEXT).map((word, i, all) => `${word} ${all[i + 1]}`);
    const sound = words.slice(1).every((word, i) => {
      const pair = `${words[i]} ${word}`;
      return pairs.includes(pair) || words[i]!.endsWith('.');
    });
    expect(sound).toBe(true);
  });

  it('should write the same for the same seed, and other things for others', () => {
    expect(write('', 50, 7)).toBe(write('', 50, 7));
    expect(new Set([1, 2, 3, 4].map((seed) => write('', 50, seed))).size).toBeGreaterThan(1);
  });

  it('should refuse to be trained on nothing', () => {
    expect(() => new MarkovChain('word')).toThrow('fewer than two words');
  });
});

describe('when prose is taken from a page', () => {
  it('should leave out code, tables and headings, and keep the text of links', () => {
    const page =
      '# Title\n\nSee [the page](a.md) on `json`.\n\n```ts\nconst a = 1;\n```\n\n| a | b |\n\n- item\n\n**End.**';
    expect(wordsOf(proseOf(page)).join(' ')).toBe('See the page on json. End.');
  });
});
