import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { InferencePipeline } from './inference.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([InferencePipeline])] })
export class AppModule {}
