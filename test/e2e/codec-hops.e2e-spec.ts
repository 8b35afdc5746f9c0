import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('codec-hops')));
afterAll(() => app?.stop());

const shown = async (path: string, numbers: number[]) => (await post(`${app.url}${path}`, numbers)).json;

describe('when a stage hands over to the next', () => {
  it('should clone by default: Map, Date, typed arrays and BigInt survive', async () => {
    expect(await shown('/clone', [1, 2])).toBe(
      "Map(3) { 'date' => 1970-01-01T00:00:00.001Z, 'array' => Float32Array(2) [ 1, 2 ], 'big' => 1n }",
    );
  });

  it('should write msgpack where it says so', async () => {
    expect(await shown('/msgpack', [1, 2])).toBe(
      "{ array: { dtype: 'float32', shape: [ 2 ], data: Float32Array(2) [ 1, 2 ] }, " +
        'raw: <Buffer 01 02>, list: [ 1, 2 ], none: null }',
    );
  });

  it('should write numbin where it says so', async () => {
    expect(await shown('/numbin', [0.5, 2])).toBe(
      "{ dtype: 'float64', shape: [ 2 ], data: Float64Array(2) [ 0.5, 2 ] }",
    );
  });

  it.each(['/packed', '/packed-inline'])(
    'should write a codec of its own that the next stage finds: %s',
    async (path) => {
      expect(await shown(path, [1.5, -2])).toBe('{ re: 1.5, im: -2 }');
    },
  );

  it('should hand over to a client in the gateway too', async () => {
    expect((await ask(`${app.url}/called`)).json).toEqual({ re: 3, im: 4 });
  });

  it('should answer 500 for a value that its codec has no form for', async () => {
    expect(await post(`${app.url}/numbin`, [])).toMatchObject({
      status: 500,
      json: {
        code: 'ENCODING',
        message: 'encoding error: numbin codec got something that is no NdArray or typed array',
      },
    });
  });
});
