import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OrderPipeline } from './order.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([OrderPipeline])] })
export class AppModule {}
