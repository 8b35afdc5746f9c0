import { ClientError, MosecError } from '#libs/contracts';
import type { RunningStage } from './running-stage.interface.js';

/** More workers of a stage than this on one machine are a slip of the finger. */
const MOST_REPLICAS = 1_000;

/**
 * Refuses a number of workers that a stage cannot have.
 * @throws ClientError, or MosecError `CONFLICT` where an option of the stage stands against it
 */
export function checkScale({ pool, execution, envs, autoscale, runsHere }: RunningStage, replicas: number): void {
  const { stage } = pool;
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS) {
    const cure = replicas === 0 ? 'pause the stage to give it no work' : `give an integer from 1 to ${MOST_REPLICAS}`;
    throw new ClientError(`replicas of stage "${stage}" cannot be "${String(replicas)}": ${cure}`);
  }
  if (!runsHere) {
    throw conflict(`stage "${stage}" runs on worker hosts: change how many there are, or their replicas`);
  }
  if (execution === 'inline') {
    throw conflict(
      `stage "${stage}" runs inline, in the server's own thread, where more replicas would not compute more: ` +
        "give it execution 'process' or 'thread'",
    );
  }
  if (envs !== undefined && replicas > envs) {
    throw conflict(
      `stage "${stage}" has env for ${envs} replicas, so that there cannot be ${replicas}: ` +
        'give env one map for each replica that there may ever be',
    );
  }
  if (autoscale && (replicas < autoscale.min || replicas > autoscale.max)) {
    throw conflict(
      `stage "${stage}" is scaled by itself from ${autoscale.min} to ${autoscale.max} replicas, and ${replicas} is ` +
        'outside: stay within, or change its autoscale',
    );
  }
}

function conflict(message: string): MosecError {
  return new MosecError(message, 409, 'CONFLICT');
}
