import { type StageReading } from '../server/server-reading.js';
import { clientLimits } from './client-limits.js';
import { refusals } from './refusals.js';
import { replicaAdvice } from './replica-advice.js';
import { batchAdvice } from './batch-advice.js';
import { type Evidence, type Suggestion } from './suggestion.js';

/** What to change at the server, or in the test, from the most important on. Never empty. */
export function suggest(evidence: Evidence): Suggestion[] {
  const found = [...clientLimits(evidence), ...refusals(evidence), ...serverAdvice(evidence)];
  return found.length > 0 ? found : [otherwise(evidence)];
}

function serverAdvice(evidence: Evidence): Suggestion[] {
  const { server } = evidence;
  if (!server) return [noMetrics];
  // The stage that requests wait for longest is the one to change first.
  const byWait = [...server.stages].sort((a, b) => b.queueMeanMs - a.queueMeanMs);
  return byWait
    .filter(isUsed)
    .flatMap((stage) => [...replicaAdvice(stage, evidence), ...batchAdvice(stage, evidence), ...restarts(stage)]);
}

const isUsed = ({ batches, shed }: StageReading): boolean => batches > 0 || shed > 0;

const noMetrics: Suggestion = {
  kind: 'no-metrics',
  text: 'The metrics of the server could not be read, so nothing can be said about its stages: give their address with --metrics.',
};

function restarts({ stage, restarts: count }: StageReading): Suggestion[] {
  if (count === 0) return [];
  return [
    {
      kind: 'restarts',
      stage,
      text: `Workers of "${stage}" were replaced ${count} times during the run: see the log of the server.`,
    },
  ];
}

/** Below it an SLO counts as missed here. */
const KEPT = 0.99;

function otherwise(evidence: Evidence): Suggestion {
  const { loop, sloMs, attainment } = evidence;
  const kept =
    sloMs === undefined || attainment === undefined ? '' : `${(attainment * 100).toFixed(1)} % within ${sloMs} ms`;
  if (kept && (attainment ?? 1) < KEPT) return missed(kept, evidence);
  const more = loop === 'open' ? 'a higher --rate, or --ramp' : 'more --connections';
  const text = `Nothing at the server is at its limit at this load${kept && ` (${kept})`}. To find the limit, take ${more}.`;
  return { kind: 'fine', text };
}

function missed(kept: string, { server }: Evidence): Suggestion {
  const [slowest] = [...(server?.stages ?? [])].sort((a, b) => b.serviceMeanMs - a.serviceMeanMs);
  if (!slowest) return { kind: 'service-time', text: `Only ${kept}: see the errors and the times above.` };
  const { stage, serviceMeanMs, meanBatch } = slowest;
  const size = meanBatch > 1 ? `a batch of ${meanBatch.toFixed(1)}` : 'an item';
  const text = `Only ${kept}, although no queue is long: "${stage}" takes ${serviceMeanMs.toFixed(1)} ms for ${size}, so the stage itself has to become faster, or its batches smaller.`;
  return { kind: 'service-time', stage, text };
}
