import type { PipelineClass } from '../../decorators/pipeline-types.js';
import type { Datatype } from '../data/datatype.js';

/** One input or output of a served model. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  /** -1: any size. */
  readonly shape: readonly number[];
}

/** A model whose options have been checked. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly pipelineClass: PipelineClass;
  readonly inputs: ReadonlyMap<string, TensorSpec>;
  readonly outputs: ReadonlyMap<string, TensorSpec>;
  readonly batched: boolean;
  readonly maxItems: number;
  readonly timeoutMs?: number | undefined;
  readonly maxRequestSizeBytes?: number | undefined;
}
