import { afterEach, describe, expect, it, vi } from 'vitest';
import { modelFile } from './model-file.js';

afterEach(() => vi.unstubAllEnvs());

describe('when a file of the model is looked for', () => {
  it('should be in MODEL_DIR', () => {
    vi.stubEnv('MODEL_DIR', '/srv/models');
    expect(modelFile('onnx/vision_encoder.onnx')).toBe('/srv/models/onnx/vision_encoder.onnx');
  });

  it('should say what to set where MODEL_DIR is not', () => {
    vi.stubEnv('MODEL_DIR', '');
    expect(() => modelFile('onnx/vision_encoder.onnx')).toThrow('"MODEL_DIR" is not set: give the folder of the model');
  });
});
