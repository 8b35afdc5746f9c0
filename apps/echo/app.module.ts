import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { EchoPipeline } from './echo.pipeline.js';

@Module({ imports: [MosecModule.forRoot(), MosecModule.forFeature([EchoPipeline])] })
export class AppModule {}
