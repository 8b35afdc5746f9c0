/** Tells where a run stands and how long it will still take, by what it has taken so far. */
export class Progress {
  private readonly startedAt: number;

  /** @param estimates seconds that each step is expected to take */
  constructor(
    private readonly estimates: readonly number[],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.startedAt = now();
  }

  /** @param index of the step that begins */
  line(index: number, what: string): string {
    const done = sum(this.estimates.slice(0, index));
    const slower = done > 0 ? (this.now() - this.startedAt) / 1_000 / done : 1;
    const left = sum(this.estimates.slice(index)) * slower;
    return `[${index + 1} of ${this.estimates.length}, about ${formatDuration(left)} left] ${what}`;
  }
}

/** `45 s`, `12 min`. */
function formatDuration(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
