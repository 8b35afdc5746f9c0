import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OpenAiModule } from 'nestjs-mosec/openai';
import { EmbeddingPipeline } from './embedding.pipeline.js';

/** Both prefixes lead to the same stages. */
@Module({
  imports: [
    MosecModule.forRoot(),
    OpenAiModule.forFeature({ embeddings: { 'all-MiniLM-L6-v2': EmbeddingPipeline } }, { prefix: ['/v1', ''] }),
  ],
})
export class AppModule {}
