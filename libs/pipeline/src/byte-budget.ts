/** Counts the payload bytes that the gateway holds for unanswered requests, against a limit. */
export class ByteBudget {
  private held = 0;

  /** @param limitBytes most bytes to be held at once */
  constructor(private readonly limitBytes: number) {}

  /** Bytes held now. */
  get heldBytes(): number {
    return this.held;
  }

  /** Whether so many more bytes may be taken in. A single request always fits where nothing else is held. */
  fits(bytes: number): boolean {
    return this.held === 0 || this.held + bytes <= this.limitBytes;
  }

  take(bytes: number): void {
    this.held += bytes;
  }

  giveBack(bytes: number): void {
    this.held -= bytes;
  }
}
