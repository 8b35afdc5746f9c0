import { SseStage, type StreamCall, type StreamEvent, type StreamStage } from 'nestjs-mosec';
import { CountRequest, Progress } from '../count.dto.js';

/** Each `yield` is an event at once; a client that leaves aborts the signal. */
@SseStage({ input: CountRequest, event: Progress, maxConcurrency: 16 })
export class Count implements StreamStage<CountRequest, StreamEvent<Progress>> {
  async *forward({ to }: CountRequest, { signal }: StreamCall<StreamEvent<Progress>>) {
    for (let step = 1; step <= to && !signal.aborted; step++) {
      await new Promise(setImmediate);
      yield { data: { step } };
    }
  }
}
