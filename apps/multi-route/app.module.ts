import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { PlainPipeline, TypedPipeline } from './length.pipelines.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([PlainPipeline, TypedPipeline])] })
export class AppModule {}
