import { MosecError, UnavailableError } from '#libs/contracts';

/** The stage cannot be reached now. @param why for the log alone */
export function unreachable(stage: string, why: string): MosecError {
  const cause = new Error(`remote stage "${stage}": ${why}`);
  return new UnavailableError('the remote stage is unavailable', { code: 'REMOTE_UNAVAILABLE', cause });
}

/** What has begun cannot be gone on with. @param why for the log alone */
export function lostRemotely(stage: string, why: string): MosecError {
  const cause = new Error(`remote stage "${stage}": ${why}`);
  return new UnavailableError('the worker was lost', { code: 'WORKER_LOST', cause });
}

/** The hosts of an item were lost as often as is allowed. */
export function tooManyLosses(stage: string, retryOnCrash: boolean): MosecError {
  if (!retryOnCrash) return lostRemotely(stage, 'its host was lost, and it has retryOnCrash: false');
  const cause = new Error(`remote stage "${stage}": two hosts were lost while they had this item`);
  return new MosecError('inference internal error', 500, 'INTERNAL', { code: 'WORKER_CRASHED', cause });
}
