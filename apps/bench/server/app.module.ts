import { Module, type Type } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { Batch32Pipeline } from './pipelines/batch32.pipeline.js';
import { BoundedPipeline } from './pipelines/bounded.pipeline.js';
import { OnePipeline } from './pipelines/one.pipeline.js';
import { OverloadPipeline } from './pipelines/overload.pipeline.js';
import { PacedPipeline } from './pipelines/paced.pipeline.js';
import { StreamPipeline } from './pipelines/stream.pipeline.js';
import { ThreePipeline } from './pipelines/three.pipeline.js';

const PIPELINES: Readonly<Record<string, Type>> = {
  one: OnePipeline,
  batch32: Batch32Pipeline,
  three: ThreePipeline,
  overload: OverloadPipeline,
  bounded: BoundedPipeline,
  stream: StreamPipeline,
  paced: PacedPipeline,
};

const { BENCH_PIPELINES, BENCH_SHARED_MEMORY } = process.env;
const names = BENCH_PIPELINES?.split(',') ?? Object.keys(PIPELINES);

@Module({
  imports: [
    MosecModule.forRoot({
      // 256 bodies of 10 MB wait for seconds on a small machine: neither server should refuse them.
      timeoutMs: 60_000,
      maxPendingBytes: 8 * 1024 ** 3,
      ...(BENCH_SHARED_MEMORY === 'off' && { sharedMemory: false as const }),
    }),
    MosecModule.forFeature(Object.entries(PIPELINES).flatMap(([name, type]) => (names.includes(name) ? [type] : []))),
  ],
})
export class AppModule {}
