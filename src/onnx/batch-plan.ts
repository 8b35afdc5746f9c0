import type { NdArray } from '#libs/codec';
import type { Tensors } from './tensors.js';

/** Numbers of the items that run together: of one shape each, at most `size` of them. */
export function groupItems(items: readonly Tensors[], padded: ReadonlySet<string>, size = Infinity): number[][] {
  const groups = new Map<string, number[][]>();
  items.forEach((item, index) => {
    const key = keyOf(item, padded);
    const chunks = groups.get(key) ?? [[]];
    groups.set(key, chunks);
    const last = chunks.at(-1) as number[];
    if (last.length < size) last.push(index);
    else chunks.push([index]);
  });
  return [...groups.values()].flat();
}

function keyOf(item: Tensors, padded: ReadonlySet<string>): string {
  return Object.entries(item)
    .filter(([name]) => !padded.has(name))
    .map(([name, { shape }]: [string, NdArray]) => `${name}:${shape.join()}`)
    .sort()
    .join(' ');
}
