import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { SentimentPipeline } from './sentiment.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([SentimentPipeline])] })
export class AppModule {}
