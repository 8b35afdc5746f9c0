/** Of the job of an item: its gateway, and its number there. */
export interface ItemId {
  readonly gateway: string;
  readonly sequence: number;
}

export function itemId({ gateway, sequence }: ItemId): string {
  return `${gateway}-${sequence}`;
}

/** Undefined of a job that no gateway has named. */
export function readItemId(id: string): ItemId | undefined {
  const [, gateway, sequence] = /^([0-9a-f]+)-(\d+)$/.exec(id) ?? [];
  return gateway === undefined ? undefined : { gateway, sequence: Number(sequence) };
}
