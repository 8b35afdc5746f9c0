import { describe, expect, it } from 'vitest';
import { contentOf } from './open-api-content.js';

const declared = { $ref: '#/components/schemas/Sentiment' };
const binary = { type: 'string', format: 'binary' };

describe('when a body is described in a media type', () => {
  it.each([
    'application/json',
    'application/vnd.api+json',
    'application/msgpack',
    'application/x-msgpack',
    'multipart/form-data',
  ])('should use the declared schema in %s', (type) => {
    expect(contentOf([type], declared)).toEqual({ [type]: { schema: declared } });
  });

  it('should allow any value where no schema is declared', () => {
    expect(contentOf(['application/json'])).toEqual({ 'application/json': { schema: {} } });
  });

  it.each(['image/png', 'audio/wav', 'application/octet-stream', 'application/x-numbin'])(
    'should call %s binary whatever is declared',
    (type) => {
      expect(contentOf([type], declared)).toEqual({ [type]: { schema: binary } });
    },
  );

  it('should call a text a string and drop its charset', () => {
    expect(contentOf(['Text/Plain; charset=utf-8'])).toEqual({ 'text/plain': { schema: { type: 'string' } } });
  });

  it('should list all media types', () => {
    expect(Object.keys(contentOf(['application/json', 'image/png']))).toEqual(['application/json', 'image/png']);
  });
});
