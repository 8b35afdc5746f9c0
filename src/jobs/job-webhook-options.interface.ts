/** How clients are told of the end of their jobs. @publicApi */
export interface JobWebhookOptions {
  /**
   * Signs every message with HMAC-SHA-256: at least 24 bytes, as text or as `whsec_` and base64 (Standard Webhooks).
   */
  readonly secret: string;
  /**
   * Hosts that may be called: `hooks.example.com`, `*.example.com` (below it), or `*`. A port other than the standard one is
   * part of it: `hooks.example.com:8443`, or `:*` for any.
   */
  readonly allow: readonly string[];
  /**
   * Ranges of addresses that may be called although they are not public, e.g. `['10.1.0.0/16']`.
   * @default []
   */
  readonly allowPrivate?: readonly string[];
  /**
   * Whether URLs may begin with `http:`.
   * @default false
   */
  readonly allowHttp?: boolean;
  /**
   * Tries of a message until it is a dead letter.
   * @default 10
   */
  readonly attempts?: number;
  /**
   * Milliseconds until the second try; they double with each one more, and up to half of each delay is left to chance.
   * @default 5000
   */
  readonly backoffMs?: number;
  /**
   * Milliseconds that a receiver has to answer.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * Milliseconds for which dead letters are kept.
   * @default 604800000
   */
  readonly deadLetterTtlMs?: number;
}
