/**
 * Every frame: body length u32, type u8, flags u8, count u16, batch u32, then the body. Little-endian.
 * `count` is the number of items or indexes in the body; `batch` is 0 where it has no meaning.
 */
export const HEADER_BYTES = 12;

export const FrameType = {
  /** gateway → worker: items to run */
  Batch: 1,
  /** gateway → worker: indexes of a batch that nobody waits for any more */
  Cancel: 2,
  /** worker → gateway: `forward` is being entered with these indexes of a batch (none listed: all that are open) */
  Begin: 3,
  /** worker → gateway: outcomes of a batch */
  Result: 4,
  /** both ways: a JSON message, see `control-message.ts` */
  Control: 5,
  /** gateway → worker: one more region of the shared memory to fill slots of */
  Region: 6,
  /** gateway → worker: slots that it filled and may fill again */
  Free: 7,
  /** worker → gateway: events of an item of a batch */
  Events: 8,
  /** gateway → worker: events of an item were read, so many bytes more may be sent */
  Credit: 9,
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** Flag of a result frame: nothing of this batch follows, the replica's credit returns. */
export const LAST_RESULT = 1;

/** Flag of an item: its payload is the handle of a slot in shared memory. */
export const IN_SHARED_MEMORY = 1;

/** Flag of a result: its payload is the handle of a value in a store outside of the frames. */
export const IN_STORE = 2;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly count: number;
  readonly batch: number;
  readonly body: Buffer;
}

export function writeHeader(
  target: Buffer,
  bodyBytes: number,
  type: FrameType,
  flags: number,
  count: number,
  batch: number,
): void {
  target.writeUInt32LE(bodyBytes, 0);
  target[4] = type;
  target[5] = flags;
  target.writeUInt16LE(count, 6);
  target.writeUInt32LE(batch, 8);
}
