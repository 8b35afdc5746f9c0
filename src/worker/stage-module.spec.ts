import { Injectable, Logger, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { Stage } from '../decorators/stage.decorator.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { createStageModule } from './stage-module.js';
import { WorkerContext } from './worker-context.js';

@Injectable()
class Tokens {
  constructor(readonly context: WorkerContext) {}
}

@Module({ providers: [Tokens], exports: [Tokens] })
class TokensModule {}

@Injectable()
class Weights {}

@Stage({ imports: [TokensModule], providers: [Weights] })
class Eager {
  constructor(
    readonly tokens: Tokens,
    readonly weights: Weights,
    readonly context: WorkerContext,
  ) {}
  forward(): void {}
}

let evaluated = 0;
@Stage({ imports: () => (evaluated++, [TokensModule]), providers: () => [Weights] })
class Lazy extends Eager {}

class Plain {
  forward(): void {}
}

const { signal } = new AbortController();
const metrics = new Registry();
const logger = new Logger();
const context: WorkerContext = { stage: 'Eager', workerId: 1, maxBatchSize: 4, replicas: 1, signal, logger, metrics };

describe('when the module of a stage is made', () => {
  it.each([Eager, Lazy])('should hold the stage with its imports and providers: %s', async (stageClass) => {
    const module = await Test.createTestingModule({ imports: [createStageModule(stageClass, context)] }).compile();
    const stage = module.get<Eager>(stageClass, { strict: false });
    expect([stage.tokens, stage.weights]).toEqual([expect.any(Tokens), expect.any(Weights)]);
  });

  it('should show the context to the stage and to what its modules provide', async () => {
    const module = await Test.createTestingModule({ imports: [createStageModule(Eager, context)] }).compile();
    const stage = module.get<Eager>(Eager, { strict: false });
    expect(stage.context).toBe(context);
    expect(stage.tokens.context).toBe(context);
  });

  it('should evaluate functions only then', () => {
    const before = evaluated;
    createStageModule(Lazy, context);
    expect(evaluated).toBe(before + 1);
  });

  it('should refuse a class that is no stage', () => {
    expect(() => createStageModule(Plain, context)).toThrow(
      new MosecConfigurationError('Class "Plain" is no stage: decorate it with @Stage().'),
    );
  });
});
