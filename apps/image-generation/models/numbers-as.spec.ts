import { describe, expect, it } from 'vitest';
import { numbersAs } from './numbers-as.js';

describe('when an input takes numbers', () => {
  it.each([
    ['int64', BigInt64Array.of(7n, 8n)],
    ['int32', Int32Array.of(7, 8)],
    ['float32', Float32Array.of(7, 8)],
  ] as const)('should give them as %s', (dtype, data) => {
    expect(numbersAs({ name: 'timestep', dtype, shape: [] }, [2], [7, 8])).toEqual({ dtype, shape: [2], data });
  });

  it('should refuse a type that the loop does not compute in', () => {
    const spec = { name: 'timestep', dtype: 'float16', shape: [] } as const;
    expect(() => numbersAs(spec, [1], [7])).toThrow('the input "timestep" is of float16: export the model in float32');
  });
});
