/** The options of asynchronous jobs; provided where there are any. */
export const JOBS_OPTIONS = Symbol('MOSEC_JOBS_OPTIONS');
