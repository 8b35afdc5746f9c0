import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MosecConfigurationError, WorkerContext } from '../index.js';
import { Sentence, Sum, Tokenize, Vocabulary, Weights } from './inline-execution.fixture.js';
import { stageModule } from './index.js';

let moduleRef: TestingModule | undefined;
afterEach(() => moduleRef?.close());

const sentence = (text: string) => Object.assign(new Sentence(), { text });

describe('when a testing module imports stageModule', () => {
  it('should hold the stage with what its imports export', async () => {
    moduleRef = await Test.createTestingModule({ imports: [stageModule(Tokenize)] }).compile();
    expect(moduleRef.get(Tokenize, { strict: false }).forward(sentence('a bb'))).toEqual([1, 2]);
  });

  it('should take overrides of providers in those imports', async () => {
    moduleRef = await Test.createTestingModule({ imports: [stageModule(Tokenize)] })
      .overrideProvider(Vocabulary)
      .useValue({ ids: () => [7] })
      .compile();
    expect(moduleRef.get(Tokenize, { strict: false }).forward(sentence('a'))).toEqual([7]);
  });

  it('should give the stage and its providers a WorkerContext that says what @Stage says', async () => {
    moduleRef = await Test.createTestingModule({ imports: [stageModule(Sum)] }).compile();
    const context = moduleRef.get(WorkerContext, { strict: false });
    expect(context).toMatchObject({ stage: 'Sum', workerId: 1, replicas: 1, maxBatchSize: 8 });
    expect(moduleRef.get(Sum, { strict: false }).forwardBatch([[1, 2]])).toEqual([
      { sum: 3, batch: 1, worker: 'Sum#1' },
    ]);
    expect(moduleRef.get(Weights, { strict: false }).factor).toBe(1);
  });

  it('should abort the signal of the context when it is closed', async () => {
    moduleRef = await Test.createTestingModule({ imports: [stageModule(Sum)] }).compile();
    const { signal } = moduleRef.get(WorkerContext, { strict: false });
    expect(signal.aborted).toBe(false);
    await moduleRef.close();
    expect(signal.aborted).toBe(true);
  });

  it('should refuse a class without @Stage by its name', () => {
    class Plain {
      forward(): void {}
    }
    expect(() => stageModule(Plain)).toThrow(MosecConfigurationError);
    expect(() => stageModule(Plain)).toThrow('"Plain"');
  });
});
