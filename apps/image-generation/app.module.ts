import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { GenerationPipeline } from './generation.pipeline.js';

/** One step of the loop may take seconds on a CPU; a worker that a client has left looks up only between steps. */
const HUNG_MS = 60_000;

@Module({ imports: [MosecModule.forRoot({ hungMs: HUNG_MS }), MosecModule.forFeature([GenerationPipeline])] })
export class AppModule {}
