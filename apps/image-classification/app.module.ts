import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { ClassificationPipeline } from './classification.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([ClassificationPipeline])] })
export class AppModule {}
