/** What the servers have counted of the batches of a stage. */
export interface BatchCount {
  readonly items: number;
  readonly batches: number;
}

/** Of all servers together. @param ports where they have `/metrics` */
export async function countBatches(ports: readonly number[], stage: string): Promise<BatchCount> {
  const pages = await Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()));
  return pages
    .map((page) => parseBatches(page, stage))
    .reduce((sum, { items, batches }) => ({ items: sum.items + items, batches: sum.batches + batches }), {
      items: 0,
      batches: 0,
    });
}

/** @param page in the text format of Prometheus */
export function parseBatches(page: string, stage: string): BatchCount {
  const value = (part: string): number =>
    Number(new RegExp(`^\\w*_batch_size_${part}\\{[^}]*stage="${stage}[^}]*\\} (\\S+)`, 'm').exec(page)?.[1] ?? 0);
  return { items: value('sum'), batches: value('count') };
}

/** Mean number of items per batch between the two; NaN without a batch. */
export function meanItems(before: BatchCount, after: BatchCount): number {
  return (after.items - before.items) / (after.batches - before.batches);
}
