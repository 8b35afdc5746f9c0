import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { RerankPipeline } from './rerank.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([RerankPipeline])] })
export class AppModule {}
