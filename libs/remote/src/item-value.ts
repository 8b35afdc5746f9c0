import type { WorkItem } from '#libs/contracts';
import { decodeBatch, encodeBatch, FrameReader, FrameType, ProtocolError } from '#libs/protocol';

/** An item as a value in Redis: a batch frame with one item. @param deadline in milliseconds of the clock of Redis */
export function encodeItem(item: WorkItem, deadline: number): Buffer {
  const { payload, inputFormat, outputFormat, eventFormat, context } = item;
  const buffers = encodeBatch(0, [{ payload, inputFormat, outputFormat, eventFormat, context, deadline }]);
  return buffers.length === 1 ? (buffers[0] as Buffer) : Buffer.concat(buffers);
}

/** @throws ProtocolError when the bytes are no such value */
export function decodeItem(value: Buffer): WorkItem {
  let item: WorkItem | undefined;
  const reader = new FrameReader((frame) => {
    if (frame.type === FrameType.Batch) [item] = decodeBatch(frame);
  });
  reader.push(value);
  if (!item || !reader.atBoundary) throw new ProtocolError('value of a remote item is no whole item');
  return item;
}
