import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it, vi } from 'vitest';
import { getPipelineToken } from './decorators/pipeline-token.js';
import { PipelineOf } from './decorators/pipeline-of.js';
import { Route } from './decorators/route.decorator.js';
import { Stage } from './decorators/stage.decorator.js';
import { routeHandlerToken } from './http/pipeline-controller.js';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import { featureModuleOf } from './mosec.feature.js';
import { HttpEdge } from './mosec.http-edge.js';
import { EnginePipelineClient } from './mosec.pipeline-client.js';
import { MosecRegistry } from './mosec.registry.js';
import { RESOLVED_OPTIONS } from './mosec.tokens.js';

@Stage()
class Echo {
  forward(value: string): string {
    return value;
  }
}

/** A new pipeline class, with a route or without. */
function pipelineClass(path?: string) {
  class EchoPipeline extends PipelineOf(Echo) {}
  if (path) Route(path)(EchoPipeline);
  return EchoPipeline;
}

class KeyGuard {}
class OtherGuard {}

describe('when a pipeline is in several feature modules', () => {
  it('should have one module, which is its own and no other pipeline has', () => {
    const [one, two] = [pipelineClass(), pipelineClass()];
    expect(featureModuleOf(one, {})).toBe(featureModuleOf(one, {}));
    expect(featureModuleOf(one, {})).not.toBe(featureModuleOf(two, {}));
  });

  it('should take the options from the one that gives them, whichever comes first', () => {
    for (const [first, second] of [
      [{}, { providers: [KeyGuard] }],
      [{ providers: [KeyGuard] }, {}],
      [{ providers: [KeyGuard] }, { providers: [KeyGuard] }],
    ]) {
      const pipeline = pipelineClass();
      const module = featureModuleOf(pipeline, first!);
      expect(featureModuleOf(pipeline, second!)).toBe(module);
      expect(module.providers).toContain(KeyGuard);
    }
  });

  it.each([
    [{ providers: [KeyGuard] }, { providers: [OtherGuard] }],
    [{ providers: [KeyGuard] }, { providers: [KeyGuard, OtherGuard] }],
    [{ providers: [KeyGuard] }, { providers: [KeyGuard], imports: [class {}] }],
  ])('should refuse different options by name: %j', (first, second) => {
    const pipeline = pipelineClass();
    featureModuleOf(pipeline, first);
    expect(() => featureModuleOf(pipeline, second)).toThrow(
      new MosecConfigurationError(
        'Pipeline "EchoPipeline" is in two MosecModule.forFeature() calls with different imports or providers: ' +
          'give them in one of the calls, and only the pipeline in the others.',
      ),
    );
  });
});

describe('when a pipeline has a route', () => {
  it('should be its own controller', () => {
    const pipeline = pipelineClass('/echo');
    expect(featureModuleOf(pipeline, {}).controllers).toEqual([pipeline]);
  });

  it('should be called only through its client where it has none', () => {
    const pipeline = pipelineClass();
    const module = featureModuleOf(pipeline, {});
    expect([module.controllers, module.exports]).toEqual([[], [getPipelineToken(pipeline)]]);
  });

  it('should not pass its route on to a subclass', () => {
    class Derived extends pipelineClass('/echo') {}
    expect(featureModuleOf(Derived, {}).controllers).toEqual([]);
  });
});

describe('when the container is built', () => {
  const registry = { add: vi.fn(), pipeline: vi.fn() };
  const handler = { handle: vi.fn() };
  const core = [
    { provide: MosecRegistry, useValue: registry },
    { provide: RESOLVED_OPTIONS, useValue: { timeoutMs: 3000 } },
    { provide: HttpEdge, useValue: { handler: () => handler } },
  ];
  const tokens = core.map(({ provide }) => provide);
  @Module({ providers: core, exports: tokens })
  class Core {}

  it('should register the pipeline and provide its client and its handler', async () => {
    const pipeline = pipelineClass('/echo');
    const imports = [{ module: Core, global: true }, featureModuleOf(pipeline, {})];
    const module = await Test.createTestingModule({ imports }).compile();
    const client: unknown = module.get(getPipelineToken(pipeline), { strict: false });
    expect(client).toBeInstanceOf(EnginePipelineClient);
    expect(registry.add.mock.calls).toEqual([[pipeline]]);
    expect(registry.pipeline).not.toHaveBeenCalled();
    expect(module.get(routeHandlerToken(pipeline), { strict: false })).toBe(handler);
  });

  it('should refuse a pipeline without a server, with the cure', async () => {
    const building = Test.createTestingModule({ imports: [featureModuleOf(pipelineClass('/echo'), {})] }).compile();
    await expect(building).rejects.toEqual(
      new MosecConfigurationError(
        'Pipeline "EchoPipeline" has no server to run in: import MosecModule.forRoot() once in the root module.',
      ),
    );
  });
});
