import { Stage } from 'nestjs-mosec';
import { onnxStage } from 'nestjs-mosec/onnx';
import { modelFile } from '../model-file.js';
import { encodedText } from './encoded-text.js';

const BATCH_SIZE = 32;
/** As long as most sentences. */
const EXAMPLE_TOKENS = 40;

/** Texts of a batch are filled up to the longest of them; the mask keeps the model from looking there. */
@Stage({ maxBatchSize: BATCH_SIZE })
export class Infer extends onnxStage({
  model: modelFile('model.onnx'),
  pad: { input_ids: 0, attention_mask: 0 },
  example: encodedText(Array.from({ length: EXAMPLE_TOKENS }, () => 0)),
  warmUp: [1, BATCH_SIZE],
}) {}
