import { REGION_UNIT_BYTES } from './region-table.js';
import { slotCapacity } from './slot-capacity.js';

/** A region holds several payloads where it can; one for each would be cut and given too often. */
const USUAL_REGION_BYTES = 8 << 20;

/**
 * Size of a further region for a process that had no room for a payload, 0 when it is to get none.
 * @param leftBytes what it may still get
 * @param shareBytes what it may have at all
 */
export function regionBytesFor(payloadBytes: number, leftBytes: number, shareBytes: number): number {
  const needed = roundUp(slotCapacity(payloadBytes));
  const usual = Math.min(USUAL_REGION_BYTES, roundDown(shareBytes));
  const wanted = Math.max(needed, Math.min(usual, roundDown(leftBytes)));
  return wanted <= leftBytes ? wanted : 0;
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / REGION_UNIT_BYTES) * REGION_UNIT_BYTES;
}

function roundDown(bytes: number): number {
  return Math.floor(bytes / REGION_UNIT_BYTES) * REGION_UNIT_BYTES;
}
