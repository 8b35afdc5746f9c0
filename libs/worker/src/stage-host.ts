import type { Codec, HopCodec, StageCall } from '#libs/contracts';

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
  /** Validates an item and makes it an instance of its DTO; throws to refuse it. */
  readonly acceptInput?: (value: unknown) => unknown;
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
