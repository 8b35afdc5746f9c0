import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { WordPipeline } from './word.pipeline.js';

const DICTIONARY = fileURLToPath(new URL('./dictionary.js', import.meta.url));

/** The dictionary starts before the stages, ends after them, and stops the server if it ends by itself. */
@Module({
  imports: [
    MosecModule.forRoot({ daemons: [{ name: 'dictionary', command: process.execPath, args: [DICTIONARY] }] }),
    MosecModule.forFeature([WordPipeline]),
  ],
})
export class AppModule {}
