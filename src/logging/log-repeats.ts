export interface RepeatLimits {
  /** How often the same line is written in a period. */
  readonly most: number;
  readonly periodMs: number;
  /** Different lines that are remembered at a time. */
  readonly lines: number;
}

/** A line, and how often it was held back. */
export interface Repeated<Line> {
  readonly line: Line;
  readonly times: number;
}

interface Period<Line> {
  readonly line: Line;
  readonly endsAt: number;
  written: number;
  heldBack: number;
}

/** Holds back what is written too often, and counts it. Its memory is bounded. */
export class LogRepeats<Line> {
  /** In the order of their ends, as all periods are equally long. */
  private readonly periods = new Map<string, Period<Line>>();

  constructor(private readonly limits: RepeatLimits) {}

  /** When the first period ends; undefined while there is none. */
  get nextEnd(): number | undefined {
    return this.first?.[1].endsAt;
  }

  /** @returns whether the line is to be written now; `ended` is to be called before, as it makes room */
  admit(key: string, line: Line, now: number): boolean {
    const period = this.periods.get(key);
    if (!period) {
      this.periods.set(key, { line, endsAt: now + this.limits.periodMs, written: 1, heldBack: 0 });
      return true;
    }
    if (period.written < this.limits.most) {
      period.written++;
      return true;
    }
    period.heldBack++;
    return false;
  }

  /** Forgets the periods that are over, and the oldest ones when there is no room. @returns what they held back */
  ended(now: number): Repeated<Line>[] {
    const repeated: Repeated<Line>[] = [];
    for (let first = this.first; first; first = this.first) {
      const [key, { line, endsAt, heldBack }] = first;
      if (endsAt > now && this.periods.size < this.limits.lines) break;
      this.periods.delete(key);
      if (heldBack > 0) repeated.push({ line, times: heldBack });
    }
    return repeated;
  }

  private get first(): [string, Period<Line>] | undefined {
    const { value } = this.periods.entries().next();
    return value;
  }
}
