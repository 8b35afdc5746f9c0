import type { CallContext } from '#libs/contracts';
import type { Parameters } from '../request/infer-request.js';

const MICROSECONDS_PER_MS = 1_000;
/** Parameters that speak to the server, not to the model. */
const RESERVED = ['timeout', 'priority', 'binary_data_output'];

/** The deadline of a request: its route's, or an earlier one, `parameters.timeout` microseconds from now. */
export function deadlineOf({ timeout }: Parameters, now: number, deadline: number): number {
  const isLimit = typeof timeout === 'number' && timeout > 0;
  return isLimit ? Math.min(deadline, now + timeout / MICROSECONDS_PER_MS) : deadline;
}

/** The context of a request with its parameters among the query, as texts, where stages find them. */
export function contextWith(context: string, parameters: Parameters): string {
  const own = Object.entries(parameters).filter(([name]) => !RESERVED.includes(name));
  if (own.length === 0) return context;
  const call = JSON.parse(context) as CallContext;
  const texts = own.map(([name, value]) => [name, String(value)] as const);
  return JSON.stringify({ ...call, query: { ...call.query, ...Object.fromEntries(texts) } });
}
