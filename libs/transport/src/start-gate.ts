/** Lets at most `limit` workers start at once: starting is CPU work, and more than cores only slows all down. */
export class StartGate {
  private readonly waiting: (() => void)[] = [];
  private starting = 0;

  constructor(private readonly limit: number) {}

  /** Calls `start` now or later; `start` gets the function that gives its place back (calling it twice is harmless). */
  enter(start: (leave: () => void) => void): void {
    this.waiting.push(() => {
      let left = false;
      start(() => {
        if (left) return;
        left = true;
        this.starting--;
        this.next();
      });
    });
    this.next();
  }

  private next(): void {
    while (this.starting < this.limit) {
      const start = this.waiting.shift();
      if (!start) return;
      this.starting++;
      start();
    }
  }
}
