import { type Evidence, type Suggestion } from './suggestion.js';

const TOO_MANY_REQUESTS = 429;

/** Requests that the server turned away, or answered too late. */
export function refusals({ byStatus, server, requests }: Evidence): Suggestion[] {
  const found: Suggestion[] = [];
  const refused = byStatus.get(TOO_MANY_REQUESTS) ?? 0;
  if (refused > 0) {
    const shedding = (server?.stages ?? []).filter(({ shed }) => shed > 0);
    const where = shedding.map(({ stage }) => `"${stage}"`).join(', ');
    const part = ((refused / requests) * 100).toFixed(1);
    const queue = where ? ` because of the queue of ${where}` : '';
    const text = `${refused} requests (${part} %) were refused with 429${queue}: the load is above what the server can do in time. Add replicas or make batches larger; a larger capacity or timeout only makes the queue longer.`;
    found.push({ kind: 'refused', ...(shedding[0] && { stage: shedding[0].stage }), text });
  }
  for (const { stage, expired, queueMeanMs, serviceMeanMs } of server?.stages ?? []) {
    if (expired === 0) continue;
    const times = `its queue took ${queueMeanMs.toFixed(1)} ms and a batch ${serviceMeanMs.toFixed(1)} ms on average`;
    const text = `${expired} requests ran out of time at "${stage}": ${times}. Add replicas, make the stage faster, or raise --timeout of the server.`;
    found.push({ kind: 'expired', stage, text });
  }
  return found;
}
