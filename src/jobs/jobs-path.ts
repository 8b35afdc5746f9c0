/** Where jobs are found, below the global prefix of the application if there is one. */
export const JOBS_PATH = '/jobs';
