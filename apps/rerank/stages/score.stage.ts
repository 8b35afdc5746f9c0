import { json, msgpack, Stage, type BatchStage } from 'nestjs-mosec';
import { OnnxModule, OnnxSession } from 'nestjs-mosec/onnx';
import { modelFile } from '../model-file.js';
import { RerankAnswer } from '../rerank.dto.js';
import type { EncodedPair } from './encoded-pair.js';
import { feedsOf } from './feeds.js';

/** Requests that are scored together. */
const BATCH_SIZE = 16;
/** Pairs that the model sees at a time. */
const RUN_SIZE = 32;

/** Scores the documents of all requests of a batch together: pairs of like length share a run, whoever sent them. */
@Stage({
  maxBatchSize: BATCH_SIZE,
  codec: [msgpack, json],
  output: RerankAnswer,
  imports: [OnnxModule.forFile(() => modelFile('model.onnx'))],
})
export class Score implements BatchStage<EncodedPair[], RerankAnswer> {
  readonly multiExamples = [1, RUN_SIZE].map((size) => [Array.from({ length: size }, () => EXAMPLE)]);

  constructor(private readonly session: OnnxSession) {}

  async forwardBatch(requests: EncodedPair[][]): Promise<RerankAnswer[]> {
    const scores = requests.map(({ length }) => new Float64Array(length));
    const places = requests
      .flatMap((pairs, request) => pairs.map((pair, index) => ({ pair, request, index })))
      .sort((a, b) => a.pair.ids.length - b.pair.ids.length);
    for (let start = 0; start < places.length; start += RUN_SIZE) {
      const run = places.slice(start, start + RUN_SIZE);
      const logits = await this.run(run.map(({ pair }) => pair));
      run.forEach(({ request, index }, i) => (scores[request]![index] = sigmoid(logits[i]!)));
    }
    return scores.map(ranked);
  }

  private async run(pairs: readonly EncodedPair[]): Promise<Float32Array> {
    const { logits } = await this.session.run(feedsOf(pairs, this.session.inputs), ['logits']);
    return logits.data as Float32Array;
  }
}

const EXAMPLE: EncodedPair = { ids: [0, 0, 0, 0], types: [0, 0, 1, 1] };

function ranked(scores: Float64Array): RerankAnswer {
  const results = Array.from(scores, (score, index) => ({ index, score }));
  return { results: results.sort((a, b) => b.score - a.score) };
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
