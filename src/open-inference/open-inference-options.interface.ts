import type { PipelineClass } from '../decorators/pipeline-types.js';
import type { DatatypeName } from './data/datatype.js';

/** What is known of one input or output of a model. @publicApi */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: DatatypeName | (string & Record<never, never>);
  /** Dimensions; -1: any size. The first one is that of the batch, and -1, unless the model has `batched: false`. */
  readonly shape: readonly number[];
}

/** One model behind the Open Inference protocol. @publicApi */
export interface OpenInferenceModelOptions {
  /** Takes `Tensors` and returns `Tensors`; needs no `@Route`. */
  readonly pipeline: PipelineClass;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  /**
   * Whether the first dimension counts items: each goes through the pipeline by itself, without that dimension, and
   * batches with those of other requests. `false`: a request is one item, as it is.
   * @default true
   */
  readonly batched?: boolean;
  /** @default '1' */
  readonly version?: string;
  /** What the metadata says of the kind of the model, e.g. `onnx_onnxv1`. @default 'nestjs-mosec' */
  readonly platform?: string;
  /**
   * Most items of one request; more are answered 400.
   * @default 1024
   */
  readonly maxItems?: number;
  /**
   * Limit of a request in milliseconds through all stages; past it the answer is 408.
   * @default the server's `--timeout`, 3000
   */
  readonly timeoutMs?: number;
  /**
   * Largest request body in bytes, before and after decompression; a larger one is answered 413.
   * @default the server's `--max-request-size`, 10485760
   */
  readonly maxRequestSizeBytes?: number;
}

/** Options of `OpenInferenceModule.forFeature`. @publicApi */
export interface OpenInferenceOptions {
  /** By the name in their paths: `/v2/models/<name>`. */
  readonly models: Readonly<Record<string, OpenInferenceModelOptions>>;
}
