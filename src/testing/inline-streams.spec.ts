import { Injectable, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ClientError,
  InjectPipeline,
  MosecModule,
  PipelineClient,
  PipelineOf,
  Route,
  SseStage,
  type BatchStreamStage,
  type StreamCall,
  type StreamEvent,
  type StreamStage,
} from '../index.js';
import { inlineExecution } from './index.js';

const history = { returned: 0, most: 0, running: 0 };

@SseStage({ maxConcurrency: 3 })
class Count implements StreamStage<number, string | StreamEvent<{ n: number }>> {
  readonly example = 1;

  async *forward(most: number) {
    history.most = Math.max(history.most, ++history.running);
    try {
      for (let n = 0; n < most; n++) {
        await new Promise((resolve) => setImmediate(resolve));
        yield { data: { n } };
      }
      yield 'done';
    } finally {
      history.running--;
      history.returned++;
    }
  }
}

@SseStage({ maxBatchSize: 2, maxWaitMs: 10_000, waitPolicy: 'fixed' })
class Letters implements BatchStreamStage<string, { letters: number }> {
  async forwardBatch(words: string[], calls: StreamCall[]): Promise<({ letters: number } | Error)[]> {
    await Promise.all(
      words.map(async (word, i) => {
        for (const letter of word) await calls[i]!.sendEvent(letter);
      }),
    );
    return words.map((word) => (word === '' ? new ClientError('a word is required') : { letters: word.length }));
  }
}

@Route('/count')
class CountPipeline extends PipelineOf(Count) {}

@Route('/letters', { endEvent: '' })
class LettersPipeline extends PipelineOf(Letters) {}

@Injectable()
class Caller {
  constructor(@InjectPipeline(CountPipeline) readonly count: PipelineClient<CountPipeline>) {}
}

@Module({
  imports: [MosecModule.forRoot({ logLevel: 'error' }), MosecModule.forFeature([CountPipeline, LettersPipeline])],
  providers: [Caller],
})
class StreamsModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const moduleRef = await inlineExecution(Test.createTestingModule({ imports: [StreamsModule] })).compile();
  app = moduleRef.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const post = (url: string, body: unknown, headers = {}) =>
  app.inject({ method: 'POST', url, payload: JSON.stringify(body), headers });

describe('when stages that stream run inline', () => {
  it('should stream over HTTP', async () => {
    const { body, headers } = await post('/count', 2);
    expect([headers['content-type'], body]).toEqual([
      'text/event-stream',
      'data: {"n":0}\n\ndata: {"n":1}\n\ndata: done\n\n',
    ]);
    const lines = await post('/count', 1, { accept: 'application/x-ndjson' });
    expect(lines.body).toBe('{"data":{"n":0}}\n{"data":"done"}\n');
  });

  it('should stream to a loop, at its pace, and end the generator when the loop is left', async () => {
    history.returned = 0;
    const events: unknown[] = [];
    for await (const event of app.get(Caller).count.stream(1e9)) if (events.push(event) === 3) break;
    expect(events).toEqual([{ data: { n: 0 } }, { data: { n: 1 } }, { data: { n: 2 } }]);
    while (history.returned === 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('should run several at a time, and no more than allowed', async () => {
    history.most = 0;
    const responses = await Promise.all([5, 6, 7, 8, 9].map((most) => post('/count', most)));
    expect(responses.map(({ body }) => body.match(/data/g)?.length)).toEqual([6, 7, 8, 9, 10]);
    expect(history.most).toBe(3);
  });

  it('should stream to the items of a batch, and fail one alone', async () => {
    const [good, bad] = await Promise.all([post('/letters', 'ab'), post('/letters', '')]);
    expect(good.body).toBe('data: a\n\ndata: b\n\ndata: \n\n');
    expect([bad.statusCode, bad.json()]).toMatchObject([400, { message: 'bad request: a word is required' }]);
  });
});
