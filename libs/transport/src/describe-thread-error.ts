/** Words for what ended a thread: a thrown value of any kind, or an error of Node's own. */
export function describeThreadError(error: unknown): string {
  if (!(error instanceof Error)) return `uncaught ${String(error)}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `out of memory: the JavaScript heap of the thread is full (${code})`;
  return `uncaught ${error.stack ?? error.message}`;
}
