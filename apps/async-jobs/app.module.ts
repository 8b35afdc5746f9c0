import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { SummaryPipeline } from './summary.pipeline.js';

const { REDIS_URL = 'redis://localhost:6379' } = process.env;

@Module({
  imports: [MosecModule.forRoot({ jobs: { redis: REDIS_URL } }), MosecModule.forFeature([SummaryPipeline])],
})
export class AppModule {}
