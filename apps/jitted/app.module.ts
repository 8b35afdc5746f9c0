import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { JittedPipeline } from './jitted.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([JittedPipeline])] })
export class AppModule {}
