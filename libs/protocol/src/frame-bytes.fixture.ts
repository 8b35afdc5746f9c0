import type { Frame } from './frame.js';
import { FrameReader } from './frame-reader.js';

/** A frame written by hand, in hexadecimal. */
export interface FrameBytes {
  readonly header: string;
  readonly body: string;
}

/** The bytes of hexadecimal text with any white space. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replace(/\s+/g, ''), 'hex');
}

/** The frames of a byte stream that arrives in one piece. */
export function readFrames(buffers: readonly Uint8Array[]): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader((frame) => frames.push(frame));
  reader.push(Buffer.concat(buffers));
  if (!reader.atBoundary) throw new Error('the stream ends within a frame');
  return frames;
}
