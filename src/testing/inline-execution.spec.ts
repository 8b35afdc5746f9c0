import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ValidationError, WorkerContext } from '../index.js';
import { Caller, history, SumAppModule, Vocabulary, Weights } from './inline-execution.fixture.js';
import { inlineExecution, type InlineExecutionOptions } from './index.js';

let app: NestFastifyApplication;

async function start(options?: InlineExecutionOptions): Promise<void> {
  const builder = Test.createTestingModule({ imports: [SumAppModule] });
  const moduleRef = await inlineExecution(builder, options).compile();
  app = moduleRef.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

const post = (body: unknown, url = '/v1/sum') => app.inject({ method: 'POST', url, payload: JSON.stringify(body) });
const run = (text: string) => app.get(Caller).client.run({ text });

beforeEach(() => Object.assign(history, { initialised: 0, warmedUp: 0, destroyed: 0, aborted: false }));
afterEach(() => app.close());

describe('when stages run inline', () => {
  it('should answer over HTTP what the stages compute', async () => {
    await start();
    const response = await post({ text: 'one three' });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ sum: 8, batch: 1, worker: 'Sum#1' });
  });

  it('should answer a PipelineClient', async () => {
    await start();
    await expect(run('a bb')).resolves.toMatchObject({ sum: 3 });
  });

  it('should be warmed up and ready once the application is initialised', async () => {
    await start();
    expect(history).toMatchObject({ initialised: 2, warmedUp: 2 });
    const response = await app.inject('/readyz');
    expect(response.statusCode).toBe(200);
  });

  it('should validate the input', async () => {
    await start();
    const response = await post({ text: 7 });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('text must be a string') as unknown,
    });
    await expect(run(7 as unknown as string)).rejects.toBeInstanceOf(ValidationError);
  });

  it('should form batches and fail one item of a batch alone', async () => {
    await start();
    const texts = ['a', 'bb', 'uncomfortable', 'dddd', 'a a', 'b b', 'c c', 'd d'];
    const responses = await Promise.all(texts.map((text) => post({ text }, '/v1/patient-sum')));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 400, 200, 200, 200, 200, 200]);
    const scores = responses.map((response) => response.json<{ sum: number; batch: number }>());
    expect(scores.map(({ sum }) => sum)).toEqual([1, 2, undefined, 4, 2, 2, 2, 2]);
    expect(scores[0]?.batch).toBe(8);
  });

  it('should leave the logger of the application alone', async () => {
    const lines: unknown[] = [];
    const builder = Test.createTestingModule({ imports: [SumAppModule] });
    builder.setLogger({ log: (line) => lines.push(line), error: () => undefined, warn: () => undefined });
    const moduleRef = await inlineExecution(builder).compile();
    app = moduleRef.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    new Logger('Spec').log('still here');
    expect(lines.at(-1)).toBe('still here');
  });
});

describe('when providers of stages are overridden', () => {
  it('should use a value inside a module that a stage imports', async () => {
    await start({ overrides: [{ provide: Vocabulary, useValue: { ids: () => [100] } }] });
    await expect(run('x')).resolves.toMatchObject({ sum: 100 });
  });

  it('should use a class that gets the WorkerContext injected', async () => {
    class Doubled extends Weights {
      override readonly factor = 2;
    }
    await start({ overrides: [{ provide: Weights, useClass: Doubled }] });
    await expect(run('four')).resolves.toMatchObject({ sum: 8 });
  });

  it('should use a factory with its dependencies', async () => {
    const useFactory = ({ stage }: { stage: string }) => ({ ids: () => [stage.length] });
    await start({ overrides: [{ provide: Vocabulary, useFactory, inject: [WorkerContext] }] });
    await expect(run('x')).resolves.toMatchObject({ sum: 'Tokenize'.length });
  });
});

describe('when a stage cannot start inline', () => {
  it('should reject the initialisation and name stage and cause', async () => {
    const useFactory = (): never => {
      throw new Error('the weights are missing');
    };
    const starting = start({ overrides: [{ provide: Weights, useFactory }] });
    await expect(starting).rejects.toThrow(/stage "Sum(_2)?" cannot start: .*the weights are missing/);
  });
});

describe('when the application is closed', () => {
  it('should destroy the containers of the stages, after their signal', async () => {
    await start();
    await app.close();
    expect(history).toMatchObject({ destroyed: 2, aborted: true });
  });
});
