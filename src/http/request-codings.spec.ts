import { describe, expect, it } from 'vitest';
import { CONTENT_CODINGS } from './content-codings.js';
import { RequestCodings } from './request-codings.js';
import { type UnsupportedCodingError } from './unsupported-coding.error.js';

const accepted = CONTENT_CODINGS.filter(({ name }) => name !== 'zstd');
const on = new RequestCodings(accepted);
const off = new RequestCodings([]);

function refusal(codings: RequestCodings, header: string): UnsupportedCodingError {
  try {
    codings.undoing(header);
  } catch (error) {
    return error as UnsupportedCodingError;
  }
  throw new Error('it was accepted');
}

describe('when the header tells how a body is coded', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['identity', []],
    ['gzip', ['gzip']],
    ['GZip', ['gzip']],
    ['x-gzip', ['gzip']],
    ['deflate', ['deflate']],
    [' br ', ['br']],
    ['gzip, identity', ['gzip']],
    ['gzip, br', ['br', 'gzip']],
    ['br,,gzip', ['gzip', 'br']],
  ])('should undo "%s" from the last to the first: %s', (header, names) => {
    expect(on.undoing(header).map(({ name }) => name)).toEqual(names);
  });
});

describe('when a coding is not accepted', () => {
  it.each(['compress', 'gzip, compress', 'gzip;q=1', 'zstd'])('should refuse "%s" with those that are', (header) => {
    const error = refusal(on, header);
    expect(error).toMatchObject({
      statusCode: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      acceptEncoding: 'gzip, br, deflate',
    });
    expect(error.message).toMatch(
      /^content coding "[^"]+" is not accepted here; send gzip, br, deflate, or the body as it is$/,
    );
  });

  it('should refuse more than two, which only a hostile client sends', () => {
    expect(on.undoing('gzip, gzip')).toHaveLength(2);
    expect(refusal(on, 'gzip, gzip, gzip').message).toBe(
      '3 content codings on one body are not accepted here; use one',
    );
  });
});

describe('when compression is off', () => {
  it('should take bodies that are not coded', () => {
    expect([off.undoing(undefined), off.undoing('identity')]).toEqual([[], []]);
  });

  it('should refuse all others, and name the cure', () => {
    const { message, acceptEncoding } = refusal(off, 'gzip');
    expect(acceptEncoding).toBe('identity');
    expect(message).toBe(
      'content coding "gzip" is not accepted here; send the body as it is, or start the server with --compression',
    );
  });
});
