/**
 * The part of a Standard Schema (https://standardschema.dev) that is used here; zod, valibot, arktype and others
 * implement it. Declared structurally, as the specification invites, so that the types need no further package.
 * @publicApi
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    /** The value as it comes out, or why it is refused. */
    readonly validate: (value: unknown) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
  };
}

/** Outcome of a validation: the value, or at least one issue. @publicApi */
export type StandardSchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardSchemaIssue[] };

/** One reason why a value was refused, and where in the value. @publicApi */
export interface StandardSchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
