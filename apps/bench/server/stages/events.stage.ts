import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { SseStage, type StreamCall, type StreamStage } from 'nestjs-mosec';

/** What a client of the stage wants. */
export interface Pace {
  readonly events: number;
  /** `burst` as fast as they can be yielded, `turn` one per turn of the event loop, or one every so many milliseconds. */
  readonly pace: 'burst' | 'turn' | number;
}

/** Sends events at a pace. */
@SseStage({ maxConcurrency: 256 })
export class Events implements StreamStage<Pace> {
  readonly example: Pace = { events: 1000, pace: 'burst' };

  async *forward({ events, pace }: Pace, { signal }: StreamCall) {
    const begunAt = performance.now();
    for (let i = 0; i < events; i++) {
      if (pace === 'turn') await nextTurn();
      else if (pace !== 'burst') await sleep(begunAt + i * pace - performance.now(), undefined, { signal });
      yield `event ${i}`;
    }
  }
}
