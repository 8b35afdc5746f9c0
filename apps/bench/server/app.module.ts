import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { Batch32Pipeline } from './pipelines/batch32.pipeline.js';
import { BoundedPipeline } from './pipelines/bounded.pipeline.js';
import { OnePipeline } from './pipelines/one.pipeline.js';
import { OverloadPipeline } from './pipelines/overload.pipeline.js';
import { ThreePipeline } from './pipelines/three.pipeline.js';

@Module({
  imports: [
    MosecModule.forRoot(),
    MosecModule.forFeature([OnePipeline, Batch32Pipeline, ThreePipeline, OverloadPipeline, BoundedPipeline]),
  ],
})
export class AppModule {}
