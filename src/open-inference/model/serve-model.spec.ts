import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../../interfaces/mosec-configuration.error.js';
import { modelOf, NothingPipeline } from '../model.fixture.js';
import { serveModel } from './serve-model.js';

const tensor = { name: 'x', datatype: 'FP32', shape: [-1] };

describe('when a model is declared', () => {
  it('should take the defaults', () => {
    expect(modelOf()).toMatchObject({ version: '1', platform: 'nestjs-mosec', batched: true, maxItems: 1024 });
  });

  it.each([
    [{ pipeline: class NoPipeline {} }, 'has no pipeline: give a class with @Pipeline([...]).'],
    [{ pipeline: undefined as never }, 'has no pipeline'],
    [{ inputs: [] }, 'has no input: name at least one'],
    [{ outputs: undefined as never }, 'has no output: name at least one'],
    [{ inputs: [tensor, tensor] }, 'has the input "x" twice.'],
    [{ inputs: [{ ...tensor, name: '' }] }, 'has an input without a name.'],
    [{ outputs: [{ ...tensor, datatype: 'float' }] }, 'has output "x" of datatype "float": use one of BOOL, UINT8'],
    [{ outputs: [{ ...tensor, shape: [-2] }] }, 'has output "x" without a shape'],
    [{ inputs: [{ ...tensor, shape: [8, 2] }] }, 'has input "x" of shape [8, 2]: begin it with -1'],
    [{ inputs: [{ ...tensor, shape: [] }] }, 'has input "x" of shape []: begin it with -1'],
    [{ version: 'a/b' }, 'has the version "a/b"'],
    [{ maxItems: 0 }, 'has maxItems 0: give a positive integer.'],
    [{ timeoutMs: -1 }, 'has timeoutMs -1'],
  ])('should refuse what cannot work, with the cure: %j', (part, text) => {
    expect(() => modelOf(part)).toThrow(MosecConfigurationError);
    expect(() => modelOf(part)).toThrow(`Model "m" of OpenInferenceModule.forFeature() ${text}`);
  });

  it.each(['', 'a/b', 'a b', 'stats'])('should refuse the name "%s"', (name) => {
    const options = { pipeline: NothingPipeline, inputs: [tensor], outputs: [tensor] };
    expect(() => serveModel(name, options)).toThrow(`Model "${name}" of OpenInferenceModule`);
  });

  it('should take any shape without batches', () => {
    const scalar = [{ ...tensor, shape: [] }];
    expect(modelOf({ batched: false, inputs: scalar, outputs: scalar }).inputs.get('x')?.shape).toEqual([]);
  });
});
