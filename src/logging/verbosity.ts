import type { LogLevel } from '#libs/contracts';

/** The level that is logged now: the configured one, or for a while one that says more. */
export class Verbosity {
  private isRaised = false;

  constructor(private readonly configured: LogLevel) {}

  get level(): LogLevel {
    if (!this.isRaised) return this.configured;
    return this.configured === 'debug' ? 'info' : 'debug';
  }

  /** To `debug` and back; where `debug` is configured, to `info` and back. @returns the new level */
  toggle(): LogLevel {
    this.isRaised = !this.isRaised;
    return this.level;
  }
}
