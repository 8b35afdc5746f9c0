/**
 * File names of the calls in progress, from the inside out; frames without one are left out.
 *
 * Reads call sites, not the text of a stack: under `--enable-source-maps` that text names the sources, which a
 * worker cannot import.
 */
export function callFiles(): string[] {
  const { stackTraceLimit } = Error;
  const prepareStackTrace: typeof Error.prepareStackTrace = Reflect.get(Error, 'prepareStackTrace');
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName());
    Error.captureStackTrace(holder, callFiles);
    const files = holder.stack;
    return Array.isArray(files) ? files.filter((file): file is string => typeof file === 'string') : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
