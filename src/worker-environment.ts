/** Set in every worker process: a `MosecModule` that is loaded there stays inert. */
export const WORKER_FLAG = 'MOSEC_WORKER';

/** Options of Node's inspector: its port would clash. */
const INSPECTOR = /^--inspect(-|=|$)/;

/** A worker inherits the gateway's variables and adds those of its own replica. */
export function workerEnvironment(
  own: NodeJS.ProcessEnv,
  replica: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, ...rest } = own;
  const options = NODE_OPTIONS?.split(' ').filter((option) => !INSPECTOR.test(option));
  return { ...rest, ...(options && { NODE_OPTIONS: options.join(' ') }), ...replica, [WORKER_FLAG]: '1' };
}

/** A worker inherits the gateway's Node options, except those of the inspector. */
export function workerExecArgv(own: readonly string[]): string[] {
  return own.filter((argument) => !INSPECTOR.test(argument));
}
