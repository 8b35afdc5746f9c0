import type { HostNotice, HostStage } from './control-message.js';

/** A host that has said nothing for so many milliseconds counts as gone. It speaks every `HOST_NOTICE_MS`. */
const HOST_LIFE_MS = 3_500;
export const HOST_NOTICE_MS = 1_000;

/** All hosts of one stage together. */
export interface StageHosts {
  /** Hosts with a ready replica. */
  readonly hosts: number;
  /** Batches that they run at the same time. */
  readonly slots: number;
  /** Items that they run at the same time. */
  readonly places: number;
  /** Mean of what a full batch takes them, in milliseconds; 0 while unknown. */
  readonly batchMs: number;
}

interface KnownHost {
  /** By the names of their queues. */
  readonly stages: Readonly<Record<string, HostStage>>;
  readonly heardAt: number;
}

/** The hosts that have spoken lately. */
export class HostRegistry {
  private readonly known = new Map<string, KnownHost>();

  /** @param now milliseconds of any monotonic clock */
  constructor(private readonly now: () => number) {}

  heard({ host, stages }: HostNotice): void {
    if (stages) this.known.set(host, { stages, heardAt: this.now() });
    else this.known.delete(host);
  }

  /** What is known may be old news: the notices did not come through. */
  forget(): void {
    this.known.clear();
  }

  of(queue: string): StageHosts {
    const oldest = this.now() - HOST_LIFE_MS;
    let [hosts, slots, places, batchMs, measured] = [0, 0, 0, 0, 0];
    for (const [name, { stages, heardAt }] of this.known) {
      if (heardAt < oldest) this.known.delete(name);
      const served = heardAt < oldest ? undefined : stages[queue];
      if (!served || served.slots === 0) continue;
      hosts++;
      slots += served.slots;
      places += served.slots * served.maxBatchSize;
      if (served.batchMs === 0) continue;
      batchMs += served.batchMs;
      measured++;
    }
    return { hosts, slots, places, batchMs: measured === 0 ? 0 : batchMs / measured };
  }

  /** Whether a host runs the stage for another queue than this one. */
  hasOther(stage: string, queue: string): boolean {
    return [...this.known.values()].some(({ stages }) =>
      Object.entries(stages).some(([name, served]) => served.stage === stage && name !== queue),
    );
  }
}
