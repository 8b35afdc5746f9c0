import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { MediaPipeline } from './media.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([MediaPipeline])] })
export class AppModule {}
