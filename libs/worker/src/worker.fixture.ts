import { HOP_FORMAT, type MosecError, type ResultPort, type WorkItem } from '#libs/contracts';
import { decodeHop, encodeHop } from '#libs/codec';
import { decodeError, joinParts } from '#libs/protocol';
import { ItemCall } from './item-call.js';
import { StageExecutor } from './stage-executor.js';
import type { StageHost, StageInstance } from './stage-host.js';

/** An item that comes from a stage before and goes to one behind, unless `part` says otherwise. */
export function hopItem(value: unknown, part: Partial<WorkItem> = {}): WorkItem {
  return {
    payload: encodeHop(value),
    inputFormat: HOP_FORMAT,
    outputFormat: HOP_FORMAT,
    context: '{"id":"test"}',
    deadline: Infinity,
    ...part,
  };
}

export function hopCalls(values: readonly unknown[]): ItemCall[] {
  return values.map((value) => new ItemCall(hopItem(value)));
}

/** A hop payload that cannot be decoded. */
export const BROKEN = hopItem(0, { payload: Uint8Array.of(0xff, 0x0f, 0x00) });

export function hostOf(instance: StageInstance, part: Partial<StageHost> = {}): StageHost {
  return { name: 'Test', instance, ...part };
}

/** Written down what a batch reported: `begun`, `streamed`, `ok <index>`, `error <index>`, `finished`, in order. */
export class RecordingPort implements ResultPort {
  readonly events: string[] = [];
  /** What each report of events held. */
  readonly texts: string[] = [];
  readonly values = new Map<number, unknown>();
  readonly errors = new Map<number, MosecError>();

  begun(indexes?: readonly number[]): void {
    this.events.push(`begun ${indexes ? indexes.join() : 'all'}`);
  }

  streamed(index: number, count: number, payload: Uint8Array): void {
    this.texts.push(Buffer.from(payload).toString());
    this.events.push(`streamed ${index}: ${count}`);
  }

  settled(index: number, ok: boolean, parts: Uint8Array | readonly Uint8Array[]): void {
    const payload = joinParts(parts);
    this.events.push(`${ok ? 'ok' : 'error'} ${index}`);
    if (ok) this.values.set(index, decodeHop(payload));
    else this.errors.set(index, decodeError(payload));
  }

  finished(): void {
    this.events.push('finished');
  }
}

/** Runs one batch to its end. */
export async function runBatch(
  host: StageHost,
  calls: readonly ItemCall[],
  port: RecordingPort = new RecordingPort(),
): Promise<RecordingPort> {
  await new StageExecutor(host).run(calls, port);
  return port;
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
