import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { TensorPipeline } from './tensor.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([TensorPipeline])] })
export class AppModule {}
