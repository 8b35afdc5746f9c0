import { STORED_FORMAT, type ForwardTracer, type MosecError, type ResultPort, type WorkItem } from '#libs/contracts';
import { eventFormatOf } from '#libs/codec';
import { encodeError } from '#libs/protocol';
import { drainEvents, isAsyncIterable } from './drain-events.js';
import { EventOutlet } from './event-outlet.js';
import type { EventTurn } from './event-turn.js';
import { ItemCall } from './item-call.js';
import { isPromiseLike } from './is-promise-like.js';
import { ItemCodec, type Encoded } from './item-codec.js';
import type { StageHost } from './stage-host.js';
import { StreamItemCall } from './stream-item-call.js';
import { blamesRequest, toMosecError } from './to-mosec-error.js';

/**
 * Runs one batch through a stage: decode and validate each item, enter `forward` once with those that are left,
 * encode each result. An item that fails on its own fails alone. Stays synchronous as long as the stage is.
 */
export class StageExecutor {
  private readonly codec: ItemCodec;

  constructor(private readonly host: StageHost) {
    this.codec = new ItemCodec(host);
  }

  /** The items of a batch as the stage is to see them; their events go to `port`, those of one turn together. */
  callsOf(items: readonly WorkItem[], port: ResultPort, turn: EventTurn): ItemCall[] {
    const { stream, instance } = this.host;
    if (!stream) return items.map((item) => new ItemCall(item));
    const options = { sendResult: stream.sendResult, isAlone: !instance.forwardBatch };
    return items.map((item, index) => {
      const leave = (count: number, payload: Uint8Array): void => port.streamed(index, count, payload);
      return new StreamItemCall(item, new EventOutlet(eventFormatOf(item.eventFormat), turn, leave), options);
    });
  }

  /** @returns a promise when something on the way was asynchronous; it never rejects */
  run(calls: readonly ItemCall[], port: ResultPort): void | Promise<void> {
    const decoding = this.decodeAll(calls, port);
    return decoding ? decoding.then(() => this.forwardAll(calls, port)) : this.forwardAll(calls, port);
  }

  private decodeAll(calls: readonly ItemCall[], port: ResultPort): Promise<unknown> | undefined {
    const pending: Promise<void>[] = [];
    for (const [index, call] of calls.entries()) {
      if (call.cancelled) continue;
      try {
        const value = this.codec.decode(call);
        if (isPromiseLike(value)) {
          pending.push(
            Promise.resolve(value).then(
              (decoded) => void (call.value = decoded),
              (error: unknown) => settleError(call, index, error, port),
            ),
          );
        } else call.value = value;
      } catch (error) {
        settleError(call, index, error, port);
      }
    }
    return pending.length > 0 ? Promise.all(pending) : undefined;
  }

  private forwardAll(calls: readonly ItemCall[], port: ResultPort): void | Promise<void> {
    const open: number[] = [];
    for (const [index, call] of calls.entries()) if (isOpen(call)) open.push(index);
    if (open.length === 0) return port.finished();
    const done = this.forward(calls, open, port, open.length === calls.length);
    return done ? done.then(() => port.finished()) : port.finished();
  }

  private forward(
    calls: readonly ItemCall[],
    open: readonly number[],
    port: ResultPort,
    all: boolean,
  ): void | Promise<void> {
    port.begun(all ? undefined : open);
    try {
      const result = this.host.tracer ? this.traced(this.host.tracer, calls, open) : this.invoke(calls, open);
      if (!isPromiseLike(result)) return this.collect(calls, open, result, port);
      return Promise.resolve(result).then(
        (value) => this.collect(calls, open, value, port),
        (error: unknown) => this.fail(calls, open, error, port),
      );
    } catch (error) {
      return this.fail(calls, open, error, port);
    }
  }

  private traced(tracer: ForwardTracer, calls: readonly ItemCall[], open: readonly number[]): unknown {
    return tracer.forward(calls[0]?.batchTrace, open.length, () => this.invoke(calls, open));
  }

  private invoke(calls: readonly ItemCall[], open: readonly number[]): unknown {
    const { instance } = this.host;
    const members = open.map((index) => calls[index] as ItemCall);
    if (instance.forwardBatch) {
      return instance.forwardBatch(
        members.map((call) => call.value),
        members,
      );
    }
    const [call] = members as [ItemCall];
    let result = instance.forward?.(call.value, call);
    if (call instanceof StreamItemCall && isAsyncIterable(result)) result = drainEvents(result, call);
    return isPromiseLike(result) ? Promise.resolve(result).then((value) => [value]) : [result];
  }

  private collect(
    calls: readonly ItemCall[],
    open: readonly number[],
    results: unknown,
    port: ResultPort,
  ): void | Promise<void> {
    if (results === undefined && this.host.stream) results = open.map(() => undefined);
    if (!Array.isArray(results) || results.length !== open.length) {
      const got = Array.isArray(results) ? `${results.length} results` : `a ${typeof results}`;
      const message = `stage "${this.host.name}" returned ${got} for ${open.length} items; return one result per item`;
      return settleAll(calls, open, toMosecError(new Error(message)), port);
    }
    const pending: Promise<void>[] = [];
    for (const [position, index] of open.entries()) {
      const encoding = this.settleResult(calls[index] as ItemCall, index, results[position], port);
      if (encoding) pending.push(encoding);
    }
    if (pending.length > 0) return Promise.all(pending).then(() => undefined);
  }

  private settleResult(call: ItemCall, index: number, result: unknown, port: ResultPort): void | Promise<void> {
    if (result instanceof Error) return settleError(call, index, result, port);
    try {
      const bytes = call.endStream(result) ?? this.codec.encode(call, result);
      if (isPromiseLike(bytes)) {
        return Promise.resolve(bytes).then(
          (encoded) => settleValue(call, index, encoded, port),
          (error: unknown) => settleError(call, index, error, port),
        );
      }
      settleValue(call, index, bytes, port);
    } catch (error) {
      settleError(call, index, error, port);
    }
  }

  /** Members of a batch whose failure blames the request run again one by one, so that the good ones succeed. */
  private fail(
    calls: readonly ItemCall[],
    open: readonly number[],
    thrown: unknown,
    port: ResultPort,
  ): void | Promise<void> {
    const error = toMosecError(thrown);
    if (open.length === 1 || !blamesRequest(error)) return settleAll(calls, open, error, port);
    // Another run would send the same events again.
    const [streaming, fresh] = [true, false].map((is) => open.filter((index) => calls[index]?.isStreaming === is));
    settleAll(calls, streaming ?? [], error, port);
    return this.forwardSingly(calls, fresh ?? [], port);
  }

  private async forwardSingly(calls: readonly ItemCall[], open: readonly number[], port: ResultPort): Promise<void> {
    for (const index of open) if (isOpen(calls[index])) await this.forward(calls, [index], port, false);
  }
}

function isOpen(call: ItemCall | undefined): boolean {
  return call !== undefined && !call.settled && !call.cancelled;
}

function settleValue(call: ItemCall, index: number, payload: Encoded, port: ResultPort): void {
  if (call.failure) return settleError(call, index, call.failure, port);
  if (call.settled) return;
  call.settled = true;
  port.settled(index, true, payload, call.item.outputFormat === STORED_FORMAT);
}

function settleError(call: ItemCall, index: number, thrown: unknown, port: ResultPort): void {
  if (call.settled) return;
  call.flushEvents();
  call.settled = true;
  port.settled(index, false, encodeError(call.failure ?? toMosecError(thrown)));
}

function settleAll(calls: readonly ItemCall[], open: readonly number[], error: MosecError, port: ResultPort): void {
  for (const index of open) settleError(calls[index] as ItemCall, index, error, port);
}
