import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { WaitPipeline } from './wait.pipeline.js';

const { WAIT_REDIS = '' } = process.env;

@Module({
  imports: [
    MosecModule.forRoot({ timeoutMs: 60_000, capacity: 100_000, remote: { redis: WAIT_REDIS, stages: ['Wait'] } }),
    MosecModule.forFeature([WaitPipeline]),
  ],
})
export class AppModule {}
