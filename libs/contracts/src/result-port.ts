/**
 * Where a worker reports on one batch. Every index of the batch is settled exactly once, `finished` comes last.
 * An error payload is in the wire form of the protocol.
 */
export interface ResultPort {
  /** `forward` is about to be entered with these indexes; undefined means all that are open. */
  begun(indexes?: readonly number[]): void;
  /** More of an item's stream, before it is settled: so many events, in the format that the item asks for. */
  streamed(index: number, count: number, payload: Uint8Array): void;
  /**
   * @param payload in parts where that saves a copy
   * @param stored the payload is the handle of a value in a store
   */
  settled(index: number, ok: boolean, payload: Uint8Array | readonly Uint8Array[], stored?: boolean): void;
  finished(): void;
}
