/** Set in every worker process: a `MosecModule` that is loaded there stays inert. */
export const WORKER_FLAG = 'MOSEC_WORKER';

/** Options of Node's inspector: its port would clash. */
const INSPECTOR = /^--(inspect(-|=|$)|debug-port)/;
/** Those whose value is the next word. */
const INSPECTOR_PORT = /^--(inspect|debug)-port$/;

/** A worker inherits the gateway's variables and adds those of its own replica. */
export function workerEnvironment(
  own: NodeJS.ProcessEnv,
  replica: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, ...rest } = own;
  const options = NODE_OPTIONS !== undefined && withoutInspector(NODE_OPTIONS.split(' '));
  return { ...rest, ...(options && { NODE_OPTIONS: options.join(' ') }), ...replica, [WORKER_FLAG]: '1' };
}

/** A worker inherits the gateway's Node options, except those of the inspector. */
export function workerExecArgv(own: readonly string[]): string[] {
  return withoutInspector(own);
}

function withoutInspector(options: readonly string[]): string[] {
  return options.filter((option, index) => !INSPECTOR.test(option) && !INSPECTOR_PORT.test(options[index - 1] ?? ''));
}

/**
 * A thread gets a copy of its own. Node's options stay as they are: it has the process's, and Node refuses a thread for
 * which they were changed.
 */
export function threadEnvironment(
  own: NodeJS.ProcessEnv,
  replica: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  return { ...own, ...replica, [WORKER_FLAG]: '1' };
}
