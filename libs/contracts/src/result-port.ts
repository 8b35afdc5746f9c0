/**
 * Where a worker reports on one batch. Every index of the batch is settled exactly once, `finished` comes last.
 * An error payload is in the wire form of the protocol.
 */
export interface ResultPort {
  /** `forward` is about to be entered with these indexes; undefined means all that are open. */
  begun(indexes?: readonly number[]): void;
  settled(index: number, ok: boolean, payload: Uint8Array): void;
  finished(): void;
}
