/** Probabilities of `classes` characters at each of `steps` positions along a line. */
export interface StepScores {
  readonly steps: number;
  readonly classes: number;
  readonly data: Float32Array;
}

/** A character and where it stands. */
export interface ReadCharacter {
  readonly text: string;
  /** Probability, 0 to 1. */
  readonly confidence: number;
  /** First and last step at which the character was the likeliest. */
  readonly firstStep: number;
  readonly lastStep: number;
}

const BLANK = 0;

/** Greedy CTC: the likeliest class of each step, repeats merged, blanks dropped. Spaces are kept as characters. */
export function ctcDecode(scores: StepScores, charset: readonly string[]): ReadCharacter[] {
  const characters: ReadCharacter[] = [];
  let previous = BLANK;
  for (let step = 0; step < scores.steps; step++) {
    const best = likeliest(scores, step);
    const last = characters.at(-1);
    if (best !== BLANK) {
      const confidence = scores.data[step * scores.classes + best]!;
      if (best === previous && last) {
        characters[characters.length - 1] = {
          ...last,
          confidence: Math.max(last.confidence, confidence),
          lastStep: step,
        };
      } else {
        characters.push({ text: charset[best] ?? '', confidence, firstStep: step, lastStep: step });
      }
    }
    previous = best;
  }
  return characters;
}

function likeliest({ data, classes }: StepScores, step: number): number {
  const start = step * classes;
  let best = 0;
  for (let c = 1; c < classes; c++) if (data[start + c]! > data[start + best]!) best = c;
  return best;
}
