import { Stage, type BatchStage } from 'nestjs-mosec';
import { OnnxModule, OnnxSession, split } from 'nestjs-mosec/onnx';
import type { Embedding } from 'nestjs-mosec/openai';
import { modelFile } from '../model-file.js';
import { meanOf, normalised } from './pooling.js';
import { feedsOf } from './feeds.js';

const BATCH_SIZE = 32;

/** The mean of the hidden states of a text's tokens, with the length 1. */
@Stage({ maxBatchSize: BATCH_SIZE, imports: [OnnxModule.forFile(() => modelFile('model.onnx'))] })
export class Embed implements BatchStage<readonly number[], Embedding> {
  readonly multiExamples = [1, BATCH_SIZE].map((size) => Array.from({ length: size }, () => [0, 0, 0, 0]));

  constructor(private readonly session: OnnxSession) {}

  async forwardBatch(texts: (readonly number[])[]): Promise<Embedding[]> {
    const { session } = this;
    const { last_hidden_state } = await session.run(feedsOf(texts, session.inputs), ['last_hidden_state']);
    const states = split(last_hidden_state);
    return texts.map(({ length }, i) => ({ embedding: normalised(meanOf(states[i]!, length)), tokens: length }));
  }
}
