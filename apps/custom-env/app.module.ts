import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { DevicePipeline } from './device.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([DevicePipeline])] })
export class AppModule {}
