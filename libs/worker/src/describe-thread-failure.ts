import { describeFailure } from './describe-failure.js';

/** What Node says where a call or a native addon is made for the main thread alone. */
const NOT_IN_THREADS = /is not supported in workers|Module did not self-register/;

/** As `describeFailure`, with the cure where a stage could start in a process. */
export function describeThreadFailure(error: unknown): string {
  const text = describeFailure(error);
  if (!NOT_IN_THREADS.test(text)) return text;
  return `this does not work in a thread, run the stage with execution: 'process': ${text}`;
}
