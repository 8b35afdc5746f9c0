import type { OnModuleDestroy } from '@nestjs/common';
import type { InferenceSession } from 'onnxruntime-node';
import type { NdArray } from '#libs/codec';
import { checkFeeds } from './check-feeds.js';
import type { Runtime } from './load-runtime.js';
import { OnnxSession, type Feeds } from './onnx-session.js';
import { givenTensor, toNdArray, toTensor } from './tensor-conversion.js';
import type { TensorSpec } from './tensor-spec.js';

/** A session of onnxruntime with checks before it. Released with the container that holds it. */
export class LoadedSession extends OnnxSession implements OnModuleDestroy {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  private readonly outputNames: readonly string[];

  constructor(
    readonly model: string,
    readonly native: InferenceSession,
    private readonly runtime: Runtime,
  ) {
    super();
    this.inputs = specsOf(native.inputMetadata);
    this.outputs = specsOf(native.outputMetadata);
    this.outputNames = this.outputs.map(({ name }) => name);
  }

  async run(feeds: Feeds, outputs: readonly string[] = this.outputNames): Promise<Record<string, NdArray>> {
    const entries = Object.entries(feeds);
    checkFeeds(this.model, this.inputs, Object.fromEntries(entries.map(([name, value]) => [name, givenTensor(value)])));
    const tensors = Object.fromEntries(entries.map(([name, value]) => [name, toTensor(this.runtime, value)]));
    const results = await this.native.run(tensors, outputs);
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, toNdArray(name, tensor)]));
  }

  onModuleDestroy(): Promise<void> {
    return this.native.release();
  }
}

function specsOf(metadata: readonly InferenceSession.ValueMetadata[]): TensorSpec[] {
  return metadata.flatMap((value) =>
    value.isTensor ? [{ name: value.name, dtype: value.type as TensorSpec['dtype'], shape: value.shape }] : [],
  );
}
