import { Stage, type BatchStage, type StageCall } from 'nestjs-mosec';

export interface Length {
  length: number;
  route: string | undefined;
}

/** One pool for both routes: its batches mix their requests, which take turns. */
@Stage({ maxBatchSize: 16, input: String })
export class Measure implements BatchStage<string, Length> {
  readonly example = 'warm-up';

  forwardBatch(texts: string[], calls: StageCall[]): Length[] {
    return texts.map((text, index) => ({ length: text.length, route: calls[index]?.route }));
  }
}
