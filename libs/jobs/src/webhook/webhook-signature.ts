import { createHmac } from 'node:crypto';

/** Begins a secret in the form of Standard Webhooks; the rest is base64. */
const SECRET_PREFIX = 'whsec_';
const MS_PER_SECOND = 1_000;

export interface SignedMessage {
  /** The same at each try. */
  readonly id: string;
  /** When this try is made, in epoch milliseconds. */
  readonly timestamp: number;
  readonly payload: string;
}

/** The bytes of a secret. */
export function keyOf(secret: string): Buffer {
  if (!secret.startsWith(SECRET_PREFIX)) return Buffer.from(secret);
  return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
}

/**
 * The headers by which a receiver knows a message, in the form of Standard Webhooks: `v1,` and the HMAC-SHA-256 of id,
 * seconds and payload, with dots between, in base64.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders(secret: string, { id, timestamp, payload }: SignedMessage): Record<string, string> {
  const seconds = String(Math.floor(timestamp / MS_PER_SECOND));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${payload}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}
