import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { getPipelineStream } from './pipeline-stream.js';
import { getRoutes } from './route.decorator.js';

type AnyClass = abstract new (...args: never[]) => unknown;

/** Refuses a route whose requests are all to become jobs where they cannot. */
export function checkAsync(pipelineClass: AnyClass, hasJobs: boolean): void {
  const { async } = getRoutes(pipelineClass)?.options ?? {};
  if (async === undefined) return;
  const owner = `The route of pipeline "${pipelineClass.name}"`;
  if ((async as unknown) !== 'always') {
    throw new MosecConfigurationError(`${owner} has async "${String(async)}": write async: 'always', or leave it out.`);
  }
  if (getPipelineStream(pipelineClass)) {
    throw new MosecConfigurationError(
      `${owner} has async: 'always', and its last stage streams, which no job can: remove it, or decorate the stage with @Stage.`,
    );
  }
  if (hasJobs) return;
  throw new MosecConfigurationError(
    `${owner} has async: 'always', and there are no jobs: give forRoot({ jobs: { redis } }), or remove it.`,
  );
}
