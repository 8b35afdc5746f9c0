import { overlapX, overlapY, type Rectangle } from '../image/rectangle.js';

/** Share of the narrower box below which two boxes count as side by side. */
const TOUCH = 0.1;

/**
 * Order in which a reader takes blocks of text: down each column, columns from left to right, a heading across
 * columns before them (T. Breuel, "High performance document layout analysis", 2003).
 * @returns indices into `boxes`
 */
export function readingOrder(boxes: readonly Rectangle[]): number[] {
  const order: number[] = [];
  const visited = new Set<number>();
  const fromTop = boxes
    .map((_, index) => index)
    .sort((a, b) => middleY(boxes[a]!) - middleY(boxes[b]!) || boxes[a]!.x - boxes[b]!.x);
  const visit = (index: number): void => {
    if (visited.has(index)) return;
    visited.add(index);
    for (const other of fromTop) if (!visited.has(other) && isBefore(boxes[other]!, boxes[index]!, boxes)) visit(other);
    order.push(index);
  };
  fromTop.forEach(visit);
  return order;
}

function isBefore(a: Rectangle, b: Rectangle, all: readonly Rectangle[]): boolean {
  if (stacked(a, b)) return middleY(a) < middleY(b);
  if (a.x >= b.x) return false;
  return overlapY(a, b) > 0 || !all.some((block) => separates(block, a, b));
}

/** Something that spans both, between them in height, ends the columns they stand in. */
function separates(block: Rectangle, a: Rectangle, b: Rectangle): boolean {
  const [upper, lower] = [Math.min(middleY(a), middleY(b)), Math.max(middleY(a), middleY(b))];
  return middleY(block) > upper && middleY(block) < lower && stacked(block, a) && stacked(block, b);
}

function stacked(a: Rectangle, b: Rectangle): boolean {
  return overlapX(a, b) > TOUCH * Math.min(a.width, b.width);
}

function middleY(box: Rectangle): number {
  return box.y + box.height / 2;
}
