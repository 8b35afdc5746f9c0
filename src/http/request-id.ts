import { randomBytes } from 'node:crypto';

/** What may stand in a log line and a header without harm. */
const ACCEPTABLE = /^[\w.:/+=@-]{1,128}$/;

const prefix = randomBytes(9).toString('base64url');
let count = 0;

/** The client's `X-Request-Id` if it is harmless (letters, digits and `._:/+=@-`, at most 128), else a new unique one. */
export function requestId(header: string | readonly string[] | undefined): string {
  if (typeof header === 'string' && ACCEPTABLE.test(header)) return header;
  return `${prefix}-${(++count).toString(36)}`;
}
