import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { ChatPipeline } from './chat.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([ChatPipeline])] })
export class AppModule {}
