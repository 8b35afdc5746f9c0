import { Stage } from 'nestjs-mosec';
import { onnxStage } from 'nestjs-mosec/onnx';
import { modelFile } from '../models/model-file.js';
import { EXAMPLE_IMAGE } from './example.js';

/** Normalised pixels in, a score per class out: ResNet-50, on batches. */
@Stage({ replicas: 2, maxBatchSize: 16, maxWaitMs: 5 })
export class Classify extends onnxStage({
  model: () => modelFile('onnx/model.onnx'),
  example: EXAMPLE_IMAGE,
}) {}
