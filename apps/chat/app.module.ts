import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OpenAiModule } from 'nestjs-mosec/openai';
import { ChatPipeline } from './chat.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), OpenAiModule.forFeature({ chat: { 'markov-2': ChatPipeline } })] })
export class AppModule {}
