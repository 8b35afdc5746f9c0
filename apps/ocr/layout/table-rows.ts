import { overlapX, overlapY, type Rectangle } from '../image/rectangle.js';

/** A piece of text and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly box: Rectangle;
}

/** Figures with their sign, unit or currency: `12.50`, `-3 %`, `EUR 1,200`, `2 x`. */
const AMOUNT = /^[\p{Sc}(+-]*\s?(?:[A-Z]{3}\s)?[\d.,:\s]*\d[\d.,:\s]*(?:%|x|[A-Z]{3}|\p{Sc})?\)?$/u;

/**
 * Groups what is read across: an amount in a column of amounts belongs to the text on its left, as on a receipt.
 * Everything else is a group of its own. Each group runs from left to right.
 */
export function tableRows<T extends PlacedText>(texts: readonly T[]): T[][] {
  const rows = new Map<T, T[]>();
  for (const text of [...texts].sort((a, b) => a.box.x - b.box.x)) {
    const left = AMOUNT.test(text.text) ? leftNeighbour(text, texts) : undefined;
    const row = (left && inColumnOfAmounts(text, left, texts) && rows.get(left)) || [];
    row.push(text);
    rows.set(text, row);
  }
  return [...new Set(rows.values())];
}

function leftNeighbour<T extends PlacedText>({ box }: T, texts: readonly T[]): T | undefined {
  return texts
    .filter((other) => other.box.x < box.x && overlapX(other.box, box) <= 0 && besides(other.box, box))
    .sort((a, b) => overlapX(b.box, box) - overlapX(a.box, box))[0];
}

function besides(a: Rectangle, b: Rectangle): boolean {
  return overlapY(a, b) > Math.min(a.height, b.height) / 2;
}

/** The column is what stands above and below without reaching over to the left; a number that ends a paragraph is in none. */
function inColumnOfAmounts(text: PlacedText, left: PlacedText, texts: readonly PlacedText[]): boolean {
  const column = texts.filter(({ box }) => overlapX(box, text.box) > 0 && overlapX(box, left.box) <= 0);
  return column.filter((other) => AMOUNT.test(other.text)).length * 2 > column.length;
}
