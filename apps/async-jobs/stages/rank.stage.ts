import { Stage, type ItemStage } from 'nestjs-mosec';

const MOST_WORDS = 3;

/** The words that are there most often. */
@Stage()
export class Rank implements ItemStage<[string, number][], { words: string[] }> {
  forward(counts: [string, number][]): { words: string[] } {
    const ranked = counts.sort(([a, left], [b, right]) => right - left || a.localeCompare(b));
    return { words: ranked.slice(0, MOST_WORDS).map(([word]) => word) };
  }
}
