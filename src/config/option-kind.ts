/** One kind of value: how it is read from text and checked, and how it is called in messages and in the help. */
export interface OptionKind<T> {
  /** What is accepted, as the end of the sentence "use …". */
  readonly accepts: string;
  /** Stands for the value in the help; absent for a switch, which needs none. */
  readonly placeholder?: string;
  /** It may hold a password: messages do not repeat it. @default false */
  readonly isSecret?: boolean;
  /** The value that a flag or variable spells, or undefined when it spells none. */
  readonly fromText: (text: string) => T | undefined;
  /** The value as it was given in code, or undefined when it is not acceptable. */
  readonly fromValue: (value: unknown) => T | undefined;
}
