import type { JobRecord } from '#libs/jobs';
import type { Job, JobDescription, JobProgress } from './job-description.interface.js';

const isoOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/** @param path of the jobs of this application; names of absent parts are left out */
export function describeJob(record: JobRecord, path: string): JobDescription {
  const { id, state, route, createdAt, startedAt, finishedAt, statusCode, failure } = record;
  const description = {
    id,
    state,
    route,
    createdAt: isoOf(createdAt),
    startedAt: isoOf(startedAt),
    finishedAt: isoOf(finishedAt),
    progress: state === 'running' ? progressOf(record) : undefined,
    statusCode,
    result: statusCode === undefined ? undefined : `${path}/${id}/result`,
    error: failure,
  };
  return Object.fromEntries(Object.entries(description).filter(([, value]) => value !== undefined)) as never;
}

export function jobFacts(record: JobRecord, path: string): Job {
  const { owner } = record;
  return { ...describeJob(record, path), ...(owner !== undefined && { owner }) };
}

function progressOf({ stage: index, stages }: JobRecord): JobProgress {
  return { stage: stages[index] ?? '', index, count: stages.length };
}
