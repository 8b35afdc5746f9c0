import { MosecError, UnavailableError, type Outcome } from '#libs/contracts';

/**
 * The answer of an item whose replica died while it ran, or undefined when it is to run once more.
 * @param deaths how many replicas have died running it, this one included
 * @param isStreaming whether events of it have left
 */
export function crashOutcome(
  stage: string,
  deaths: number,
  retryOnCrash: boolean,
  isStreaming: boolean,
): Outcome | undefined {
  if (isStreaming) return lost(`a worker of stage "${stage}" died in the middle of this stream`);
  if (deaths >= 2) {
    const cause = new Error(`two workers of stage "${stage}" died while running this item`);
    return { error: new MosecError('inference internal error', 500, 'INTERNAL', { code: 'WORKER_CRASHED', cause }) };
  }
  if (retryOnCrash) return undefined;
  return lost(`a worker of stage "${stage}" died while running this item; it has retryOnCrash: false`);
}

function lost(why: string): Outcome {
  return { error: new UnavailableError('the worker was lost', { code: 'WORKER_LOST', cause: new Error(why) }) };
}
