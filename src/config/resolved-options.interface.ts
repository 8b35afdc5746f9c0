import { type MosecModuleOptions } from './mosec-module-options.interface.js';

type WithoutDefault = 'path';
type Shorthand = 'debug';
type EnvironmentDefault = 'statusPage';

/** The complete server configuration: every option has its value, shorthands are folded in. */
export type ResolvedOptions = Readonly<
  Required<Omit<MosecModuleOptions, WithoutDefault | Shorthand>> & Pick<MosecModuleOptions, WithoutDefault>
>;

/** What is configured, before shorthands are folded in, and defaults that depend on the environment. */
export type OptionValues = Omit<ResolvedOptions, EnvironmentDefault> &
  Readonly<Pick<MosecModuleOptions, EnvironmentDefault>> &
  Readonly<Required<Pick<MosecModuleOptions, Shorthand>>>;

export type OptionKey = keyof OptionValues;
