import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { SegmentationPipeline } from './segmentation.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([SegmentationPipeline])] })
export class AppModule {}
