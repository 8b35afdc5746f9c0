import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OcrPipeline } from './ocr.pipeline.js';

/** With a Redis, worker hosts run the models: started with `--role worker`. */
const redis = process.env['REDIS_URL'];
const remote = redis ? { redis, stages: ['DetectLines', 'RecogniseLines'] } : false;

@Module({
  // A crowded page takes seconds on one core.
  imports: [
    MosecModule.forRoot({ timeoutMs: 30_000, statusPage: true, remote }),
    MosecModule.forFeature([OcrPipeline]),
  ],
})
export class AppModule {}
