/** Set in every worker process: a `MosecModule` that is loaded there stays inert. */
export const WORKER_FLAG = 'MOSEC_WORKER';

/** A worker inherits the gateway's variables and adds those of its own replica. */
export function workerEnvironment(
  own: NodeJS.ProcessEnv,
  replica: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  return { ...own, ...replica, [WORKER_FLAG]: '1' };
}

/** A worker inherits the gateway's Node options, except those of the inspector, whose port would clash. */
export function workerExecArgv(own: readonly string[]): string[] {
  return own.filter((argument) => !argument.startsWith('--inspect'));
}
