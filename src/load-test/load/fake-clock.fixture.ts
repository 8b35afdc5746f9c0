import { type Clock } from './clock.js';

interface Call {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that jumps from call to call. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly calls = new Set<Call>();

  now(): number {
    return this.time;
  }

  later(callback: () => void, delayMs: number): () => void {
    const call = { at: this.time + Math.max(0, delayMs), callback };
    this.calls.add(call);
    return () => void this.calls.delete(call);
  }

  /** Makes every call in order of time, also those made meanwhile, until none is left. */
  run(): void {
    for (;;) {
      const next = [...this.calls].reduce<Call | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
      if (!next) return;
      this.calls.delete(next);
      this.time = next.at;
      next.callback();
    }
  }
}
