import { Module } from '@nestjs/common';
import { MosecModule } from 'nestjs-mosec';
import { OpenInferenceModule } from 'nestjs-mosec/open-inference';
import { IrisPipeline } from './iris.pipeline.js';

@Module({
  imports: [
    MosecModule.forRoot(),
    OpenInferenceModule.forFeature({
      models: {
        iris: {
          pipeline: IrisPipeline,
          inputs: [{ name: 'measures', datatype: 'FP32', shape: [-1, 4] }],
          outputs: [
            { name: 'species', datatype: 'BYTES', shape: [-1, 1] },
            { name: 'distances', datatype: 'FP32', shape: [-1, 3] },
          ],
        },
      },
    }),
  ],
})
export class AppModule {}
