import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { CountPipeline, PredictPipeline } from './monitored.pipelines.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([PredictPipeline, CountPipeline])] })
export class AppModule {}
