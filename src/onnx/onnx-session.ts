import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { NdArray } from '#libs/codec';
import type { TensorSpec } from './tensor-spec.js';

/** Inputs by name. A `Tensor` of onnxruntime goes in as it is. @publicApi */
export type Feeds = Readonly<Record<string, NdArray | Tensor>>;

/** A loaded ONNX model; injectable where `OnnxModule.forFile` is among the imports. @publicApi */
export abstract class OnnxSession {
  /** Name of the model in errors: that of its file, without folder and extension. */
  abstract readonly model: string;
  abstract readonly inputs: readonly TensorSpec[];
  /** Its outputs that are tensors. */
  abstract readonly outputs: readonly TensorSpec[];
  /** The session of onnxruntime, for what is not offered here. */
  abstract readonly native: InferenceSession;
  /**
   * Computes the outputs from the inputs. Blocks the thread while it computes.
   * @throws TensorMismatchError naming model, input, expected and given shape if an input does not fit
   */
  abstract run(feeds: Feeds): Promise<Record<string, NdArray>>;
  /**
   * As above, and computes no other outputs than these.
   * @param outputs their names
   * @throws TensorMismatchError naming model, input, expected and given shape if an input does not fit
   */
  abstract run<Name extends string>(feeds: Feeds, outputs: readonly Name[]): Promise<Record<Name, NdArray>>;
}
