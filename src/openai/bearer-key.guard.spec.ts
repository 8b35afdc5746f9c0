import { UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { BearerKeyGuard } from './bearer-key.guard.js';

const guard = new BearerKeyGuard(['sk-one', 'sk-two']);
const check = (authorization?: string): boolean =>
  guard.canActivate({
    switchToHttp: () => ({ getRequest: () => ({ headers: { authorization } }) }),
  } as unknown as ExecutionContext);

describe('when a request has a key', () => {
  it.each(['Bearer sk-one', 'Bearer sk-two', 'bearer  sk-two '])('should let "%s" pass', (authorization) => {
    expect(check(authorization)).toBe(true);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic sk-one', 'Bearer sk-', 'Bearer sk-one2', 'Bearer sk-one sk-two'])(
    'should refuse "%s"',
    (authorization) => {
      expect(() => check(authorization)).toThrow(UnauthorizedException);
    },
  );
});

describe('when the guard is made', () => {
  it.each([[[]], [['']], [['sk one']]])('should refuse the keys %j', (keys) => {
    expect(() => new BearerKeyGuard(keys)).toThrow('list the keys, or leave "apiKeys" out');
  });
});
