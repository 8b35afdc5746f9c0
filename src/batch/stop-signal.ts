/** Ends a run early: first nothing new is begun, then what is on its way is given up. */
export class StopSignal {
  private readonly rests = new Set<() => void>();
  private readonly watchers: (() => void)[] = [];
  private stopping = false;
  /** Why, unless somebody asked for it. */
  error: Error | undefined;

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Calls it when the run is told to stop. */
  watch(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  stop(error?: Error): void {
    if (!this.stopping) this.error = error;
    this.stopping = true;
    for (const wake of this.rests) wake();
    for (const watcher of this.watchers) watcher();
  }

  /** Resolves after the time, or when the run is told to stop. */
  async rest(ms: number): Promise<void> {
    if (this.stopping) return;
    let wake: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.rests.add(wake);
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.rests.delete(wake);
  }
}
