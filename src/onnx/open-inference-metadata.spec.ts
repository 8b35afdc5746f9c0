import { afterAll, describe, expect, it } from 'vitest';
import { ModelFolder } from '../../test/support/onnx/index.js';
import { Stage } from '../index.js';
import { onnxStage, openInferenceMetadata } from './index.js';
import { linear, masked } from './models.fixture.js';

const folder = new ModelFolder();
afterAll(() => folder.remove());

describe('when a stage is to be described in the Open Inference protocol', () => {
  it('should have its tensors, the number of items first', () => {
    @Stage({ maxBatchSize: 4 })
    class Masked extends onnxStage({ model: folder.write('masked.onnx', masked) }) {}
    const sequence = { datatype: 'INT64', shape: [-1, -1] };
    expect(openInferenceMetadata(Masked)).toEqual({
      inputs: [
        { name: 'ids', ...sequence },
        { name: 'mask', ...sequence },
      ],
      outputs: [
        { name: 'kept', ...sequence },
        { name: 'sum', datatype: 'INT64', shape: [-1, 1] },
      ],
    });
  });

  it('should take any number of items where the model takes a fixed one', () => {
    @Stage()
    class Fixed extends onnxStage({ model: folder.write('fixed.onnx', linear(2)) }) {}
    expect(openInferenceMetadata(Fixed).inputs).toEqual([{ name: 'x', datatype: 'FP32', shape: [-1, 2] }]);
  });

  it('should know the dimensions that the session fixes', () => {
    const session = { freeDimensionOverrides: { sequence: 8 } };
    class Padded extends onnxStage({ model: folder.write('masked.onnx', masked), session }) {}
    expect(openInferenceMetadata(Padded).inputs[0]?.shape).toEqual([-1, 8]);
  });

  it('should refuse a class without a model', () => {
    class Plain {}
    expect(() => openInferenceMetadata(Plain as never)).toThrow('Stage "Plain" has no model to describe');
  });
});
