import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { callContext } from './call-context.js';

function contextOf(part: { route?: string } & Record<string, unknown>, passHeaders: readonly string[] = []): unknown {
  const { route = '/echo', ...rest } = part;
  const request = { params: {}, query: {}, headers: {}, ...rest };
  return JSON.parse(callContext(request as unknown as FastifyRequest, { id: 'id-1', route, passHeaders }));
}

describe('when the context of a request is written', () => {
  it('should leave out what is empty', () => {
    expect(contextOf({})).toEqual({ id: 'id-1', route: '/echo' });
    expect(contextOf({ params: undefined, query: undefined }, ['traceparent'])).toEqual({ id: 'id-1', route: '/echo' });
  });

  it('should have the parameters of the path and of the query', () => {
    const part = { params: { name: 'a"b' }, query: { top: '3', tag: ['x', 'y'] } };
    expect(contextOf(part)).toEqual({ id: 'id-1', route: '/echo', ...part });
  });

  it('should pass on the headers that stages ask for, and no others', () => {
    const headers = { traceparent: '00-1', 'x-user': 'ada', authorization: 'secret', 'set-cookie': ['a', 'b'] };
    const names = ['traceparent', 'x-user', 'x-absent', 'set-cookie'];
    expect(contextOf({ headers }, names)).toMatchObject({
      headers: { traceparent: '00-1', 'x-user': 'ada', 'set-cookie': 'a,b' },
    });
    expect(JSON.stringify(contextOf({ headers }, names))).not.toContain('secret');
  });

  it('should name the route as it was declared', () => {
    expect(contextOf({ route: '/models/:name', params: { name: 'ocr' } })).toMatchObject({
      route: '/models/:name',
    });
  });
});
