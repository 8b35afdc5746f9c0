import type { Codec, ForwardTracer, HopCodec, StageCall } from '#libs/contracts';

/** How values come and go where they do not travel in the frames. Both reject with the error of that one item. */
export interface HandOverPort {
  /** Puts a value away. @returns its handle as a payload */
  write(value: Uint8Array): Promise<Uint8Array>;
  /** The value behind the payload of a handle. */
  read(handle: Uint8Array): Promise<Uint8Array>;
}

/** A constructed stage with everything that its executor needs; made by the layer that owns the DI container. */
export interface StageHost {
  readonly name: string;
  readonly instance: StageInstance;
  /** The codecs of the stage's edges; item formats are indexes into this list. JSON alone if absent. */
  readonly codecs?: readonly Codec[];
  /** Codec of what the stage hands to the next one. A structured clone if absent. */
  readonly ipc?: HopCodec;
  /** Codecs that users wrote, in which stages before hand over. */
  readonly hopCodecs?: readonly HopCodec[];
  /** Present where the stage, or one before it, hands over through a store. */
  readonly handOver?: HandOverPort | undefined;
  /** Validates an item and makes it an instance of its DTO; throws to refuse it. */
  readonly acceptInput?: (value: unknown) => unknown;
  /** Set for a stage that streams: its calls take events. */
  readonly stream?: { readonly sendResult: boolean };
  /** Absent where calls are not traced. */
  readonly tracer?: ForwardTracer | undefined;
  /** Looks at a result before it is encoded; throws, or rejects, to fail it. */
  readonly checkOutput?: (value: unknown) => unknown;
}

/** A user's stage as the executor sees it: one of the two handlers is present. */
export interface StageInstance {
  forward?(item: unknown, call: StageCall): unknown;
  forwardBatch?(items: unknown[], calls: StageCall[]): unknown;
  deserialize?(bytes: Uint8Array, call: StageCall): unknown;
  serialize?(value: unknown, call: StageCall): unknown;
  readonly example?: unknown;
  readonly multiExamples?: readonly unknown[];
}
