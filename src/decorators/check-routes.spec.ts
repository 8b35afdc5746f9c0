import { VERSION_NEUTRAL } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { RouteOptions } from '../interfaces/route-options.interface.js';
import { checkRoutes } from './check-routes.js';
import { Route } from './route.decorator.js';

const RESERVED = ['/', '/metrics', '/healthz', '/readyz', '/openapi'];

function first(path: string | readonly string[], options?: RouteOptions) {
  @Route(path, options)
  class First {}
  return First;
}

function second(path: string | readonly string[], options?: RouteOptions) {
  @Route(path, options)
  class Second {}
  return Second;
}

const check =
  (...classes: (new () => object)[]) =>
  () =>
    checkRoutes(classes, RESERVED);
const refusal = (message: string) => new MosecConfigurationError(message);

describe('when routes are in order', () => {
  it('should accept paths beside each other, and a pipeline without any', () => {
    expect(check(first(['/a', '/a/b', '/metricsets']), second('/b'), class {})).not.toThrow();
  });

  it('should accept one path in two versions', () => {
    expect(check(first('/a', { version: '1' }), second('/a', { version: ['2', VERSION_NEUTRAL] }))).not.toThrow();
  });
});

describe('when a path is wrong', () => {
  it('should refuse one without a slash in front', () => {
    expect(check(first('v1/infer'))).toThrow(
      refusal('Route "v1/infer" of pipeline "First" does not start with "/": write "/v1/infer".'),
    );
  });

  it('should refuse an empty list', () => {
    expect(check(first([]))).toThrow(
      refusal('The route of pipeline "First" has no path: name at least one in @Route, or remove @Route.'),
    );
  });

  it.each([
    ['/', '/'],
    ['/metrics', '/metrics'],
    ['/healthz/', '/healthz'],
    ['/readyz', '/readyz'],
    ['/openapi', '/openapi'],
    ['/openapi/swagger/x', '/openapi'],
  ])("should refuse %s, which is the server's own", (path, reserved) => {
    expect(check(first(path))).toThrow(
      refusal(
        `Route "${path}" of pipeline "First" is reserved for the server's own "${reserved}": choose another path.`,
      ),
    );
  });
});

describe('when a path is taken', () => {
  it.each([
    ['/a', '/a'],
    ['/a/', '/a'],
    ['/a/:id', '/a/:name'],
  ])('should refuse %s beside %s, in two pipelines and in one', (one, other) => {
    expect(check(first(one), second(other))).toThrow(
      refusal(`Route "${other}" belongs to pipelines "First" and "Second": give one of them another path.`),
    );
    expect(check(first([one, other]))).toThrow(
      refusal(`Pipeline "First" lists route "${other}" twice: remove one of them.`),
    );
  });

  it('should refuse a version that two pipelines share', () => {
    expect(check(first('/a', { version: ['1', '2'] }), second('/a', { version: '2' }))).toThrow(
      refusal('Route "/a" belongs to pipelines "First" and "Second": give one of them another path.'),
    );
  });

  it('should tell apart two pipelines of one name', () => {
    expect(check(first('/a'), first('/a'))).toThrow(
      refusal('Route "/a" belongs to pipelines "First" and "First": give one of them another path.'),
    );
  });
});

describe('when an option of a route is wrong', () => {
  it.each([
    [{ timeoutMs: 0 }, 'timeoutMs "0": give an integer from 1 to 2147483647.'],
    [{ maxRequestSizeBytes: 0.5 }, 'maxRequestSizeBytes "0.5": give an integer of at least 1.'],
  ])('should refuse %o', (options, message) => {
    expect(check(first('/a', options))).toThrow(refusal(`The route of pipeline "First" has ${message}`));
  });
});
