/** An instance with one of the two methods. Takes any parameters on purpose: `Chain` does the real check. */
export type StageHandler =
  { forward(item: never, call: never): unknown } | { forwardBatch(items: never, calls: never): unknown };

/** A class with `forward` or `forwardBatch`. @publicApi */
export type StageClass<T extends StageHandler = StageHandler> = new (...args: never[]) => T;
