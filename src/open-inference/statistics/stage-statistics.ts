import { Injectable } from '@nestjs/common';
import type { BatchObserver } from '#libs/contracts';

/** How often something was, and how long it took in all. */
export interface Duration {
  count: number;
  ms: number;
}

/** What is known of the batches of a stage, whichever pipeline their items came from. */
export interface StageFigures {
  /** Batches that were collected, and the time from the arrival of their oldest member. */
  readonly queue: Duration;
  readonly compute: Duration;
  readonly bySize: ReadonlyMap<number, Duration>;
}

interface Figures extends StageFigures {
  readonly bySize: Map<number, Duration>;
}

/** Listens to the batches of all stages. Nothing of it exists in an application without the protocol. */
@Injectable()
export class StageStatistics {
  private readonly stages = new Map<string, Figures>();

  of(stage: string): StageFigures {
    return this.figures(stage);
  }

  /** What is to be told of the batches of a stage. */
  watch(stage: string): BatchObserver {
    const { queue, compute, bySize } = this.figures(stage);
    return {
      batchSent: ({ heldMs }) => add(queue, heldMs),
      batchDone: (_workerId, durationMs, _predictedMs, size) => {
        add(compute, durationMs);
        const known = bySize.get(size) ?? { count: 0, ms: 0 };
        add(known, durationMs);
        bySize.set(size, known);
      },
    };
  }

  private figures(stage: string): Figures {
    const known = this.stages.get(stage);
    if (known) return known;
    const figures: Figures = { queue: { count: 0, ms: 0 }, compute: { count: 0, ms: 0 }, bySize: new Map() };
    this.stages.set(stage, figures);
    return figures;
  }
}

function add(duration: Duration, ms: number): void {
  duration.count++;
  duration.ms += ms;
}
