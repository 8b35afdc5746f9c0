import type { Flow } from '#libs/scheduler';

/** How many open items each flow has. */
export class FlowCounts {
  private readonly counts = new Map<Flow, number>();

  add(flow: Flow): void {
    this.counts.set(flow, (this.counts.get(flow) ?? 0) + 1);
  }

  remove(flow: Flow): void {
    const count = (this.counts.get(flow) ?? 0) - 1;
    if (count > 0) this.counts.set(flow, count);
    else this.counts.delete(flow);
  }

  /** All items, counting of each other flow at most as many as of this one. */
  share(flow: Flow): number {
    const own = this.counts.get(flow) ?? 0;
    let share = 0;
    for (const count of this.counts.values()) share += Math.min(count, own);
    return share;
  }
}
