import { unite } from '../image/rectangle.js';
import { readingOrder } from './reading-order.js';
import { tableRows, type PlacedText } from './table-rows.js';

/** Texts in the order in which they are read: columns one after the other, the rows of a price list across. */
export function arrange<T extends PlacedText>(texts: readonly T[]): T[] {
  const rows = tableRows(texts);
  const boxes = rows.map((row) => row.map(({ box }) => box).reduce(unite));
  return readingOrder(boxes).flatMap((index) => rows[index]!);
}
