/** What a stage said when it became ready. */
export interface StageReport {
  /** Milliseconds that its examples took. */
  readonly warmUpMs: number;
  /** Hand-over payloads of its examples in base64; only in a dry run. */
  readonly examples: readonly string[];
}

/** What is known of an engine's stages and daemons while it runs; tells whoever waits for a change. */
export class EngineHealth {
  private readonly reports = new Map<string, StageReport>();
  private readonly listeners = new Set<() => void>();
  private firstFailure?: string;

  /** Why the engine cannot serve any more, and never will again: a sentence for an operator. */
  get failure(): string | undefined {
    return this.firstFailure;
  }

  report(stage: string): StageReport | undefined {
    return this.reports.get(stage);
  }

  /** A replica of the stage is ready. */
  stageReady(stage: string, report: StageReport): void {
    this.reports.set(stage, report);
    this.changed();
  }

  /** Something without which the engine cannot serve is gone for good. */
  fail(reason: string): void {
    this.firstFailure ??= reason;
    this.changed();
  }

  /** Resolves at the first change, or at once, where `condition` holds. */
  when(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const listener = (): void => {
        if (!condition()) return;
        this.listeners.delete(listener);
        resolve();
      };
      this.listeners.add(listener);
    });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
