import { Stage, type BatchStage } from 'nestjs-mosec';
import { BATCH_SIZES, LARGEST_BATCH } from '../batch-sizes.js';
import { Category, INPUT_SIZE, Sample } from '../jitted.dto.js';
import { CompiledModel, compiledModel, sessions } from './compiled-model.js';

const EXAMPLE: Sample = { array: Array.from({ length: INPUT_SIZE }, (_, i) => i) };

@Stage({
  maxBatchSize: LARGEST_BATCH,
  input: Sample,
  output: Category,
  imports: sessions,
  providers: [compiledModel],
})
export class Classify implements BatchStage<Sample, Category> {
  /** A batch of each size, so that no request is the first of a session. */
  readonly multiExamples = BATCH_SIZES.map((size) => Array.from({ length: size }, () => EXAMPLE));

  constructor(private readonly model: CompiledModel) {}

  async forwardBatch(samples: Sample[]): Promise<Category[]> {
    const { categories, size } = await this.model.run(samples.map(({ array }) => array));
    return categories.map((category) => ({ category, compiledFor: size }));
  }
}
