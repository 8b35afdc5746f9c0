import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { CountPipeline } from './count.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([CountPipeline])] })
export class AppModule {}
