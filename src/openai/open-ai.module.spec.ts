import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { PipelineOf } from '../decorators/pipeline-of.js';
import { SseStage } from '../decorators/sse-stage.decorator.js';
import { Stage } from '../decorators/stage.decorator.js';
import { MosecModule } from '../mosec.module.js';
import { inlineExecution } from '../testing/index.js';
import type { Embedding, EmbeddingInput } from './embedding-types.js';
import { OpenAiModule } from './open-ai.module.js';

@Stage()
class Embed {
  forward(input: EmbeddingInput): Embedding {
    return { embedding: [input.length], tokens: 1 };
  }
}

@SseStage()
class TalkWithoutEnd {
  async *forward(): AsyncGenerator<string> {
    yield 'a';
  }
}

class EmbedPipeline extends PipelineOf(Embed) {}
class TalkPipeline extends PipelineOf(TalkWithoutEnd) {}

const feature = (prefix?: string) => OpenAiModule.forFeature({ embeddings: { m: EmbedPipeline } }, { prefix });

async function start(...imports: ReturnType<typeof feature>[]): Promise<NestFastifyApplication> {
  @Module({ imports: [MosecModule.forRoot(), ...imports] })
  class AppModule {}
  const builder = inlineExecution(Test.createTestingModule({ imports: [AppModule] }));
  const app = (await builder.compile()).createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  return app;
}

describe('when models are served inline, as in a test', () => {
  it('should answer as a server does', async () => {
    const app = await start(feature('/a/'));
    const answer = await app.inject({ method: 'POST', url: '/a/embeddings', payload: '{"model":"m","input":"abc"}' });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { data: [{ embedding: [3] }] }]);
    await app.close();
  });
});

describe('when models are declared wrongly', () => {
  it('should refuse no models, and pipelines of the other kind', () => {
    expect(() => OpenAiModule.forFeature({})).toThrow('names no model');
    const asEmbedding = { embeddings: { m: TalkPipeline } } as never;
    expect(() => OpenAiModule.forFeature(asEmbedding)).toThrow('Pipeline "TalkPipeline" of model "m" streams');
    const asChat = { chat: { m: TalkPipeline } } as never;
    expect(() => OpenAiModule.forFeature(asChat)).toThrow('end it with an @SseStage({ sendResult: true })');
  });

  it('should say what is missing without a root module', async () => {
    const alone = Test.createTestingModule({ imports: [feature()] });
    await expect(alone.compile()).rejects.toThrow('import MosecModule.forRoot() once in the root module');
  });

  it('should refuse two modules with one prefix', async () => {
    await expect(start(feature(), feature('v1'))).rejects.toThrow('called twice with the prefix "/v1"');
  });
});
