import { type OptionKey } from './resolved-options.interface.js';

/** What the command line says; the values are not checked yet. */
export interface Flags {
  /** `--help` was given. */
  readonly help: boolean;
  /** `--version` was given. */
  readonly version: boolean;
  /** The text after each flag, or `true` for a switch without one. */
  readonly values: Readonly<Partial<Record<OptionKey, string | true>>>;
}
