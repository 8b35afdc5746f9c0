import { setTimeout as delay } from 'node:timers/promises';
import { SseStage, type StreamCall, type StreamStage } from 'nestjs-mosec';
import { PredictRequest } from '../predict.dto.js';

const EVENTS = 5;
const PAUSE_MS = 10;

@SseStage({ input: PredictRequest, maxConcurrency: 16 })
export class Count implements StreamStage<PredictRequest, string> {
  async *forward(_request: PredictRequest, { signal }: StreamCall<string>) {
    for (let event = 1; event <= EVENTS && !signal.aborted; event++) {
      await delay(PAUSE_MS);
      yield `${event} of ${EVENTS}`;
    }
  }
}
