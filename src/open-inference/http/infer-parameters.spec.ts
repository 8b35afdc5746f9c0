import { describe, expect, it } from 'vitest';
import { contextWith, deadlineOf } from './infer-parameters.js';

describe('when a request has parameters', () => {
  it('should take timeout for microseconds that can only shorten', () => {
    const at = (timeout: string | number | undefined) => deadlineOf(timeout === undefined ? {} : { timeout }, 100, 110);
    expect([undefined, 5_000, 50_000, 0, -1, 'soon'].map(at)).toEqual([110, 105, 110, 110, 110, 110]);
  });

  it('should show stages the others among the query, as texts', () => {
    const context = '{"id":"a","query":{"q":"1"}}';
    expect(JSON.parse(contextWith(context, { top_k: 5, exact: true, timeout: 1 }))).toEqual({
      id: 'a',
      query: { q: '1', top_k: '5', exact: 'true' },
    });
    expect(contextWith(context, { timeout: 1, priority: 2, binary_data_output: true })).toBe(context);
  });
});
