import type { LogFields, LogLevel, LogSink } from '#libs/contracts';
import { LogRepeats, type RepeatLimits } from './log-repeats.js';

interface Line {
  readonly level: LogLevel;
  readonly message: string;
  readonly context: string | undefined;
  readonly fields: LogFields | undefined;
}

/** Enough to see a failure and how it goes on; a flood of it would fill disks and hide everything else. */
export const REPEAT_LIMITS: RepeatLimits = { most: 20, periodMs: 10_000, lines: 500 };

/** Lines are compared up to here: that tells them apart, and a stack need not be kept whole. */
const COMPARED_CHARACTERS = 512;

/** Writes lines on, except those that come again and again: these are counted, and told of once in a while. */
export class LimitedLog implements LogSink {
  private readonly repeats: LogRepeats<Line>;
  private timer?: NodeJS.Timeout | undefined;

  /** @param writesAll whether nothing is held back now */
  constructor(
    private readonly to: LogSink,
    private readonly writesAll: () => boolean,
    private readonly now: () => number,
    private readonly limits = REPEAT_LIMITS,
  ) {
    this.repeats = new LogRepeats(limits);
  }

  log(level: LogLevel, message: string, context?: string, fields?: LogFields): void {
    if (this.writesAll()) return this.to.log(level, message, context, fields);
    const now = this.now();
    this.summarise(now);
    const line = { level, message: message.slice(0, COMPARED_CHARACTERS), context, fields };
    if (this.repeats.admit(keyOf(line), line, now)) return this.to.log(level, message, context, fields);
    this.timer ??= this.wakeAt((this.repeats.nextEnd ?? now) - now);
  }

  /** Tells of what was held back so far. */
  flush(): void {
    clearTimeout(this.timer);
    this.summarise(Infinity);
  }

  private wakeAt(delayMs: number): NodeJS.Timeout {
    const wake = (): void => {
      this.timer = undefined;
      const now = this.now();
      this.summarise(now);
      const { nextEnd } = this.repeats;
      if (nextEnd !== undefined) this.timer = this.wakeAt(nextEnd - now);
    };
    return setTimeout(wake, Math.max(1, Math.ceil(delayMs))).unref();
  }

  private summarise(now: number): void {
    for (const { line, times } of this.repeats.ended(now)) {
      const { level, message, context, fields } = line;
      const summary = `repeated ${times} more times within ${this.limits.periodMs / 1000} s: ${firstLine(message)}`;
      this.to.log(level, summary, context, { ...fields, requestId: undefined, traceId: undefined, repeats: times });
    }
  }
}

/** Lines of different requests are the same line otherwise. */
function keyOf({ level, context, message, fields }: Line): string {
  const id = fields?.requestId;
  return `${level} ${context} ${id === undefined ? message : message.replace(id, '')}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
