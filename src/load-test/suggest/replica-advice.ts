import { type StageReading } from '../server/server-reading.js';
import { type Evidence, type Suggestion } from './suggestion.js';

/** A replica that is busier makes requests wait for each other. */
const BUSY = 0.75;
/** What is aimed at: enough left for bursts. */
const AIM = 0.65;
/** Replicas that are less busy are hardly needed. */
const IDLE = 0.1;
/** A core that is free in part is no core for another replica. */
const CORE = 0.8;

/** Whether the stage has too few replicas, or too many. */
export function replicaAdvice(reading: StageReading, evidence: Evidence): Suggestion[] {
  const { stage, replicas, busy, queueMeanMs, serviceMeanMs } = reading;
  if (busy >= BUSY && queueMeanMs > serviceMeanMs / 2) return [tooFew(reading, evidence)];
  if (replicas > 1 && busy < IDLE && queueMeanMs < serviceMeanMs) {
    const needed = Math.max(1, Math.ceil((busy * replicas) / AIM));
    const text = `The ${replicas} replicas of "${stage}" were busy ${percent(busy)} of the time: replicas: ${needed} would do at this load.`;
    return [{ kind: 'fewer-replicas', stage, text }];
  }
  return [];
}

function tooFew(
  { stage, replicas, busy, queueMeanMs }: StageReading,
  { cores, server, generator }: Evidence,
): Suggestion {
  const state = `Requests waited ${queueMeanMs.toFixed(1)} ms for "${stage}", whose ${plural(replicas)} busy ${percent(busy)} of the time`;
  const wanted = Math.max(replicas + 1, Math.ceil((busy * replicas) / AIM));
  if (cores === undefined || server?.cpuCores === undefined) {
    return {
      kind: 'more-replicas',
      stage,
      text: `${state}: try replicas: ${wanted}, if the machine of the server has cores for them.`,
    };
  }
  // A container may have fewer cores than the machine has idle, and other programs may use some.
  const free = Math.min(cores - server.cpuCores - generator.cpuCores, generator.idleCores);
  if (free < CORE) {
    const text = `${state}, and of the ${cores} cores ${Math.max(0, free).toFixed(1)} were free: more replicas need more cores${generator.cpuCores >= CORE ? ', or the load tester on another machine' : ''}.`;
    return { kind: 'more-cores', stage, text };
  }
  const fitting = Math.min(wanted, replicas + Math.max(1, Math.floor(free)));
  return {
    kind: 'more-replicas',
    stage,
    text: `${state}, and ${free.toFixed(1)} of ${cores} cores were free: try replicas: ${fitting}.`,
  };
}

const percent = (part: number): string => `${(Math.min(1, part) * 100).toFixed(0)} %`;
const plural = (replicas: number): string => (replicas === 1 ? 'replica was' : `${replicas} replicas were`);
