import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlotHandle } from '#libs/contracts';
import {
  decodeControl,
  decodeEvents,
  decodeIndexes,
  decodeResults,
  FrameReader,
  FrameType,
  LAST_RESULT,
  type Frame,
} from '#libs/protocol';
import { FrameSink } from './frame-sink.js';
import { sendToDescriptor } from './send-to-descriptor.js';

/** A sink into a file, and what the gateway would have read of it so far. */
export class FrameTape {
  readonly sink: FrameSink;
  private readonly folder = mkdtempSync(join(tmpdir(), 'mosec-frames-'));
  private readonly file = join(this.folder, 'frames');
  private readonly fd = openSync(this.file, 'a');

  constructor() {
    this.sink = new FrameSink(sendToDescriptor(this.fd));
  }

  /** Each frame in words: `begin 1: 0,2`, `result 1: ok 0, error 1`, `last 1: ok 2`, `events 1/0: 2, a b`, `control ready`. */
  get flushed(): string[] {
    const words: string[] = [];
    const reader = new FrameReader((frame) => {
      if (frame.type === FrameType.Begin) words.push(`begin ${frame.batch}: ${decodeIndexes(frame)?.join() ?? 'all'}`);
      else if (frame.type === FrameType.Events) words.push(eventsOf(frame));
      else if (frame.type === FrameType.Control) words.push(`control ${decodeControl(frame).kind}`);
      else {
        const results: string[] = [];
        decodeResults(frame, (index, ok) => results.push(`${ok ? 'ok' : 'error'} ${index}`));
        words.push(`${frame.flags & LAST_RESULT ? 'last' : 'result'} ${frame.batch}: ${results.join(', ')}`);
      }
    });
    reader.push(readFileSync(this.file));
    return words;
  }

  /** Where the results lie that are in shared memory. */
  get handles(): SlotHandle[] {
    const handles: SlotHandle[] = [];
    const reader = new FrameReader((frame) => {
      if (frame.type !== FrameType.Result) return;
      decodeResults(frame, (_index, _ok, _payload, handle) => handle && handles.push(handle));
    });
    reader.push(readFileSync(this.file));
    return handles;
  }

  close(): void {
    closeSync(this.fd);
    rmSync(this.folder, { recursive: true });
  }
}

function eventsOf(frame: Frame): string {
  const { index, payload } = decodeEvents(frame);
  return `events ${frame.batch}/${index}: ${frame.count}, ${payload.toString().trim().replace(/\s+/g, ' ')}`;
}
