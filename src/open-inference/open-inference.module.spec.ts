import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MosecModule } from '../mosec.module.js';
import { inlineExecution } from '../testing/index.js';
import { NothingPipeline } from './model.fixture.js';
import { OpenInferenceModule } from './open-inference.module.js';

const x = [{ name: 'x', datatype: 'INT8', shape: [-1] }];
const model = { pipeline: NothingPipeline, inputs: x, outputs: x };
let app: NestFastifyApplication | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** The application with these models in a feature module each. */
async function start(root: boolean, ...names: string[]): Promise<NestFastifyApplication> {
  const features = names.map((name) => OpenInferenceModule.forFeature({ models: { [name]: model } }));
  @Module({ imports: [...(root ? [MosecModule.forRoot({ sharedMemory: false })] : []), ...features] })
  class AppModule {}
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const moduleRef = await (root ? inlineExecution(builder) : builder).compile();
  app = moduleRef.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  return app;
}

describe('when models are spread over feature modules', () => {
  it('should serve all of them under one path', async () => {
    const server = await start(true, 'a', 'b');
    const payload = { inputs: [{ name: 'x', datatype: 'INT8', shape: [2], data: [1, -1] }] };
    for (const name of ['a', 'b']) {
      const { json } = await server.inject({ method: 'POST', url: `/v2/models/${name}/infer`, payload });
      expect((json as () => unknown)()).toMatchObject({ model_name: name, outputs: [{ shape: [2], data: [1, -1] }] });
    }
  });

  it('should refuse two of one name', async () => {
    await expect(start(true, 'a', 'a')).rejects.toThrow('Model "a" is in two OpenInferenceModule.forFeature() calls');
  });
});

describe('when there is no server for the models', () => {
  it('should say what to import', async () => {
    await expect(start(false, 'a')).rejects.toThrow('import MosecModule.forRoot() once in the root module');
  });

  it('should say that it needs Fastify', async () => {
    @Module({
      imports: [MosecModule.forRoot({ sharedMemory: false }), OpenInferenceModule.forFeature({ models: { a: model } })],
    })
    class AppModule {}
    const moduleRef = await inlineExecution(Test.createTestingModule({ imports: [AppModule] })).compile();
    await expect(moduleRef.init()).rejects.toThrow('OpenInferenceModule needs a Fastify application');
  });
});
