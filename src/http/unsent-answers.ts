/**
 * Counts the answers that were given and that their clients have not read yet. A server that closes would cut them off:
 * Node takes a connection for idle as soon as its answer has been handed over, whatever is still to be sent of it.
 */
export class UnsentAnswers {
  private count = 0;
  private draining = false;
  private readonly waiting: (() => void)[] = [];

  /** Whether every connection is to be closed after its answer. */
  get isDraining(): boolean {
    return this.draining;
  }

  drain(): void {
    this.draining = true;
  }

  given(): void {
    this.count++;
  }

  /** Its response is closed. */
  sent(): void {
    if (--this.count === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  /**
   * Resolves when all are sent, at the latest after `timeoutMs`.
   * @returns how many are left
   */
  async whenSent(timeoutMs: number): Promise<number> {
    if (this.count === 0) return 0;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
    return this.count;
  }
}
