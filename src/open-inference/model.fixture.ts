import { Pipeline } from '../decorators/pipeline.decorator.js';
import { Stage } from '../decorators/stage.decorator.js';
import { serveModel } from './model/serve-model.js';
import type { ServedModel } from './model/served-model.js';
import type { OpenInferenceModelOptions } from './open-inference-options.interface.js';

@Stage({ file: import.meta.url })
class Nothing {
  forward(item: unknown): unknown {
    return item;
  }
}

@Pipeline([Nothing])
export class NothingPipeline {}

/** A model of one input `x` and one output `y`, FP32 of any width, unless said otherwise. */
export function modelOf(part: Partial<OpenInferenceModelOptions> = {}): ServedModel {
  return serveModel('m', {
    pipeline: NothingPipeline,
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, -1] }],
    outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, -1] }],
    ...part,
  });
}
