import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { InjectPipeline } from './inject-pipeline.decorator.js';
import { PipelineClient } from './pipeline-client.js';
import { PipelineOf } from './pipeline-of.js';
import { getPipelineToken } from './pipeline-token.js';
import { Stage } from './stage.decorator.js';

@Stage()
class Length {
  forward(text: string): number {
    return text.length;
  }
}

class Lengths extends PipelineOf(Length) {}
class DerivedLengths extends Lengths {}

class Consumer {
  constructor(@InjectPipeline(Lengths) readonly lengths: PipelineClient<Lengths>) {}
}

const client: PipelineClient<Lengths> = { run: async (text) => text.length, stream: undefined as never };

@Module({ providers: [Consumer, { provide: getPipelineToken(Lengths), useValue: client }] })
class ConsumerModule {}

describe('when a client is injected', () => {
  it('should be what is provided under the token of the pipeline', async () => {
    const module = await Test.createTestingModule({ imports: [ConsumerModule] }).compile();
    expect(module.get(Consumer).lengths).toBe(client);
  });

  it('should leave Nest a run-time type for the parameter', () => {
    expect(Reflect.getMetadata('design:paramtypes', Consumer)).toEqual([PipelineClient]);
  });
});

describe('when a token is asked for', () => {
  it('should be the same for one class, and another for a subclass', () => {
    expect(getPipelineToken(Lengths)).toBe(getPipelineToken(Lengths));
    expect(getPipelineToken(Lengths)).not.toBe(getPipelineToken(DerivedLengths));
  });

  it('should name the pipeline, for the errors of Nest', () => {
    expect(String(getPipelineToken(Lengths))).toBe('Symbol(PipelineClient<Lengths>)');
  });

  it('should refuse anything but a class', () => {
    expect(() => getPipelineToken(undefined as never)).toThrow(
      new MosecConfigurationError(
        '@InjectPipeline or getPipelineToken was given "undefined" in place of a pipeline class: ' +
          'move the class to a file of its own if two files import each other.',
      ),
    );
  });
});
