interface Waiting {
  readonly id: string;
  readonly resolve: (value: Buffer | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads the values of all items that come in one go with one command. */
export class ValueReader {
  private waiting: Waiting[] = [];

  constructor(private readonly readAll: (ids: readonly string[]) => Promise<readonly (Buffer | null)[]>) {}

  read(id: string): Promise<Buffer | null> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ id, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    const waiting = this.waiting;
    this.waiting = [];
    this.readAll(waiting.map(({ id }) => id)).then(
      (values) => {
        for (const [index, { resolve }] of waiting.entries()) resolve(values[index] ?? null);
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error);
      },
    );
  }
}
