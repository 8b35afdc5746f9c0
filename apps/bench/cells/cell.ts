import { formatBodySize } from './body-size.js';

/** The pipelines that are measured; each is served at a path of its name. */
export const PIPELINES = ['one', 'batch32', 'three'] as const;
export type PipelineName = (typeof PIPELINES)[number];

/** A closed loop: so many clients, each waits for its answer before it asks again. */
export interface Load {
  readonly connections: number;
  readonly bodyBytes: number;
}

/** One place of the result: a pipeline under a load. */
export interface Cell extends Load {
  readonly pipeline: PipelineName;
}

export function describeCell({ pipeline, ...load }: Cell): string {
  return `${pipeline}, ${describeLoad(load)}`;
}

export function describeLoad({ connections, bodyBytes }: Load): string {
  return `${formatBodySize(bodyBytes)}, ${connections} connection${connections === 1 ? '' : 's'}`;
}
