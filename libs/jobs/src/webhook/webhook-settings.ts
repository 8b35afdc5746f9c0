/** How clients may be told of the end of their jobs. */
export interface WebhookSettings {
  readonly secret: string;
  /** Hosts that may be called: see `hostAllowed`. */
  readonly allow: readonly string[];
  /** Ranges in CIDR notation that may be called although they are not public. */
  readonly allowPrivate: readonly string[];
  readonly allowHttp: boolean;
  readonly attempts: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  readonly deadLetterTtlMs: number;
}
