import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OcrPipeline } from './ocr.pipeline.js';

@Module({
  // A crowded page takes seconds on one core.
  imports: [MosecModule.forRoot({ timeoutMs: 30_000, statusPage: true }), MosecModule.forFeature([OcrPipeline])],
})
export class AppModule {}
