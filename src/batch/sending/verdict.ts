import { ANSWER_TOO_LONG, TIMEOUT, type Reply } from './reply.js';

/**
 * `final`: the outcome of the line. `refused`: the server is full, away or not there, which says nothing about the line.
 * `failed`: the line may be the reason, so that it is sent again only so many times.
 */
export type Verdict = 'final' | 'refused' | 'failed';

/** 502 is what proxies answer while the server behind them starts again. */
const REFUSED = new Set([429, 502, 503]);
const FAILED = new Set([408, 504]);
/** No connection was made, so that the line cannot have been the reason. */
const NOT_REACHED = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function verdictOf(reply: Reply): Verdict {
  if (reply.status === undefined) {
    if (reply.code === ANSWER_TOO_LONG) return 'final';
    return NOT_REACHED.has(reply.code) ? 'refused' : 'failed';
  }
  if (REFUSED.has(reply.status)) return 'refused';
  return FAILED.has(reply.status) ? 'failed' : 'final';
}

/** Whether less should be sent at a time. */
export const isOverload = ({ status, ...reply }: Reply): boolean =>
  status === 429 || status === 408 || ('code' in reply && reply.code === TIMEOUT);
