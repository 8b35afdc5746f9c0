import { spawn, type ChildProcess } from 'node:child_process';

/** The command of a worker process. */
export interface WorkerCommand {
  /** Path of the worker's entry module. */
  readonly entry: string;
  readonly execArgv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Descriptor of the shared memory, if there is one. */
  readonly memoryFd?: number | undefined;
}

/**
 * Starts a worker with two socket pairs at descriptors 3 and 4, and the shared memory at 5. Other failures come as an `error` event.
 * @throws when this process has no descriptors left for the pairs
 */
export function spawnWorker({ entry, execArgv, env, memoryFd }: WorkerCommand): ChildProcess {
  const child = spawn(process.execPath, [...execArgv, entry], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', ...(memoryFd === undefined ? [] : [memoryFd])],
  });
  // Node then makes no streams at all, against its types, and reports the failure in an event that would be fatal.
  if ((child.stdio as unknown) !== undefined) return child;
  child.on('error', () => undefined);
  throw new Error('no file descriptors left for the worker; raise the limit of open files (ulimit -n)');
}
