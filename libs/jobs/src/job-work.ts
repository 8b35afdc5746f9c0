import type { MosecError } from '#libs/contracts';
import type { JobRecord } from './job-record.js';
import type { JobEnd } from './job-store.js';

/** What becomes of one try of a job. */
export interface JobOutcome {
  /** How it has ended, as a client is to see it. */
  readonly end: JobEnd;
  /** Set where it has failed. */
  readonly error?: MosecError | undefined;
}

/** A job that runs. */
export interface JobTask {
  readonly outcome: Promise<JobOutcome>;
  /** Nobody waits for it any more: it comes to its end with this error, soon. */
  abandon(error: MosecError): void;
}

/** Where the jobs of a pipeline are run. */
export interface JobSite {
  /**
   * @param deadline epoch milliseconds
   * @param onStage told of each stage after the first, by its index
   */
  run(record: JobRecord, body: Uint8Array, deadline: number, onStage: (stage: number) => void): JobTask;
  /** The end of a job that never came to an answer. */
  failed(record: JobRecord, error: MosecError): JobEnd;
}
