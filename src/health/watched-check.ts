import { DEFAULT_CHECK_TIMEOUT_MS, type ReadinessCheck } from '../config/readiness-check.interface.js';

/** Why a check failed, undefined where it passed. */
type Verdict = string | undefined;

/** A user's check that is run once at a time, and cannot keep anybody waiting. */
export class WatchedCheck {
  private running?: Promise<Verdict>;
  private last: Verdict;

  /** @param changed told of each change, with why it fails now or undefined */
  constructor(
    private readonly options: ReadinessCheck,
    private readonly changed: (name: string, cause: Verdict) => void,
  ) {}

  get name(): string {
    return this.options.name;
  }

  /** Whether it passes, at the latest after its time limit. */
  async passes(): Promise<boolean> {
    const { timeoutMs = DEFAULT_CHECK_TIMEOUT_MS } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Verdict>((resolve) => {
      timer = setTimeout(() => resolve(`it took longer than ${timeoutMs} ms`), timeoutMs);
    });
    this.running ??= this.run().finally(() => (this.running = undefined));
    const cause = await Promise.race([this.running, late]);
    clearTimeout(timer);
    if ((cause === undefined) !== (this.last === undefined)) this.changed(this.name, cause);
    this.last = cause;
    return cause === undefined;
  }

  private async run(): Promise<Verdict> {
    try {
      return (await this.options.check()) === false ? 'it returned false' : undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
