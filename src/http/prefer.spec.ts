import { describe, expect, it } from 'vitest';
import { prefersAsync } from './prefer.js';

describe('when a request has preferences', () => {
  it.each([
    'respond-async',
    'Respond-Async',
    'wait=10, respond-async',
    'respond-async; x=1, return=minimal',
    ' respond-async ',
  ])('should see that it asks for an answer later: %s', (prefer) => {
    expect(prefersAsync(prefer)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'wait=10',
    'respond-asynchronously',
    'x-respond-async',
    'respond-async=maybe',
    'return="respond-async"',
  ])('should see that it does not: %s', (prefer) => {
    expect(prefersAsync(prefer)).toBe(false);
  });

  it('should look into each of several headers', () => {
    expect(prefersAsync(['wait=1', 'respond-async'])).toBe(true);
  });
});
