import { Stage, type BatchStage } from 'nestjs-mosec';

/** Stands for a model: works on a whole batch at once. */
@Stage({ maxBatchSize: 16, maxWaitMs: 5 })
export class UpperCase implements BatchStage<string, string> {
  readonly example = 'hello';

  forwardBatch(texts: string[]): string[] {
    return texts.map((text) => text.toUpperCase());
  }
}
