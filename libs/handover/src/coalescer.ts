interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what is asked for in one go, as for all items of a batch, and runs it at once: one round trip. */
export class Coalescer<T, R> {
  private waiting: Waiting<T, R>[] = [];

  /** @param run one result or error per item, in order; may reject for all */
  constructor(private readonly run: (items: readonly T[]) => Promise<readonly (R | Error)[]>) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ item, resolve, reject }) === 1) queueMicrotask(() => void this.flush());
    });
  }

  private async flush(): Promise<void> {
    const waiting = this.waiting;
    this.waiting = [];
    try {
      const results = await this.run(waiting.map(({ item }) => item));
      for (const [index, { resolve, reject }] of waiting.entries()) {
        const result = results[index];
        if (result instanceof Error) reject(result);
        else resolve(result as R);
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
