import { describe, expect, it } from 'vitest';
import { json, msgpack } from '#libs/codec';
import { setStageBase } from './stage-base.js';
import { getStageDefinition } from './stage-definition.js';
import { Stage } from './stage.decorator.js';

class Base {
  forward(): void {}
}
setStageBase(Base, { codec: msgpack, input: Number, providers: ['base' as never] });

describe('when a stage extends a class that brings options along', () => {
  it('should have them', () => {
    @Stage({ replicas: 2 })
    class Own extends Base {}
    expect(getStageDefinition(Own)?.options).toMatchObject({ codec: msgpack, input: Number, replicas: 2 });
  });

  it('should prefer its own', () => {
    @Stage({ codec: json })
    class Own extends Base {}
    expect(getStageDefinition(Own)?.options.codec).toBe(json);
  });

  it('should have the providers of both, given as a list or as a function', () => {
    @Stage({ providers: () => ['own' as never] })
    class Own extends Base {}
    const { providers, imports } = getStageDefinition(Own)?.options ?? {};
    expect(typeof providers === 'function' && providers()).toEqual(['base', 'own']);
    expect(typeof imports === 'function' && imports()).toEqual([]);
  });
});
