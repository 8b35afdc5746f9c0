import type { Type } from '@nestjs/common';
import { Batch32Pipeline } from './pipelines/batch32.pipeline.js';
import { BoundedPipeline } from './pipelines/bounded.pipeline.js';
import { FarBatch32Pipeline } from './pipelines/far-batch32.pipeline.js';
import { FarOnePipeline } from './pipelines/far-one.pipeline.js';
import { OnePipeline } from './pipelines/one.pipeline.js';
import { OverloadPipeline } from './pipelines/overload.pipeline.js';
import { PacedPipeline } from './pipelines/paced.pipeline.js';
import { StreamPipeline } from './pipelines/stream.pipeline.js';
import { ThreePipeline } from './pipelines/three.pipeline.js';

const LOCAL: Readonly<Record<string, Type>> = {
  one: OnePipeline,
  batch32: Batch32Pipeline,
  three: ThreePipeline,
  overload: OverloadPipeline,
  bounded: BoundedPipeline,
  stream: StreamPipeline,
  paced: PacedPipeline,
};
/** Their stages need a Redis. */
const FAR: Readonly<Record<string, Type>> = { 'far-one': FarOnePipeline, 'far-batch32': FarBatch32Pipeline };

const { BENCH_PIPELINES } = process.env;

/** Those that this server has, by name. */
export const pipelines = chosen(BENCH_PIPELINES?.split(',') ?? Object.keys(LOCAL));

function chosen(names: readonly string[]): ReadonlyMap<string, Type> {
  return new Map(Object.entries({ ...LOCAL, ...FAR }).filter(([name]) => names.includes(name)));
}
