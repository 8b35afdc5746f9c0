declare const types: unique symbol;

/**
 * Carries the types of a pipeline in its class; exists for the compiler alone. Classes get it from `PipelineOf`.
 * @publicApi
 */
export interface PipelineTypes<In, Out, Event = never> {
  /** Never read: there is no such property at run time. */
  readonly [types]: (input: In) => readonly [Out, Event];
}

/** A class that may be a pipeline. @publicApi */
export type PipelineClass<P = unknown> = new (...args: never[]) => P;
