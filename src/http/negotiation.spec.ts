import { describe, expect, it } from 'vitest';
import { MosecError, type Codec } from '#libs/contracts';
import { json } from './json-codec.fixture.js';
import { Negotiation } from './negotiation.js';

const codecOf = (name: string, mediaType: string, accepts?: string[]): Codec => ({ ...json, name, mediaType, accepts });
const msgpack = codecOf('msgpack', 'application/msgpack', ['application/x-msgpack', 'application/vnd.msgpack']);
const text = codecOf('text', 'text/plain; charset=utf-8');
const image = { ...codecOf('image', 'image/*'), readOnly: true };

const answers = [json, msgpack, text].map((codec, format) => ({ codec, format: format + 1 }));
const read = [json, msgpack, image, codecOf('sound', 'Audio/WAV')].map((codec, format) => ({ codec, format }));
const several = new Negotiation(read, answers);
const single = new Negotiation([{ codec: json, format: 0 }], [{ codec: text, format: 0 }]);

describe('when a stage reads one codec', () => {
  it.each([undefined, 'application/json', 'image/png', 'garbage'])('should ignore the content type %s', (type) => {
    expect(single.inputFormat(type)).toBe(0);
  });
});

describe('when a stage reads several codecs', () => {
  it.each([
    [undefined, 0],
    ['application/json', 0],
    ['Application/JSON ; charset=utf-8', 0],
    ['application/msgpack', 1],
    ['application/x-msgpack', 1],
    ['image/png', 2],
    ['image/svg+xml', 2],
    ['audio/wav', 3],
  ])('should find the codec of %s', (type, format) => {
    expect(several.inputFormat(type)).toBe(format);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'imagery/png', 'image', '', 'garbage'])(
    'should refuse %j with 415, naming what is accepted',
    (type) => {
      const message = `content type "${type}" is not accepted here; send application/json, application/msgpack, image/*, audio/wav`;
      expect(() => several.inputFormat(type)).toThrow(new MosecError(message, 415, 'UNSUPPORTED_MEDIA_TYPE'));
    },
  );
});

describe('when a client asks for a type of answer', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/*', 'json'],
    ['application/msgpack', 'msgpack'],
    ['application/vnd.msgpack', 'msgpack'],
    ['application/msgpack; charset=utf-8', 'msgpack'],
    ['text/*', 'text'],
    ['text/plain; charset=utf-8', 'text'],
    ['application/json;q=0.5, application/msgpack', 'msgpack'],
    ['text/plain;q=0.9, application/json;q=0.8', 'text'],
    ['application/json;q=0, */*', 'msgpack'],
    ['text/html, application/xhtml+xml, */*;q=0.8', 'json'],
    ['image/png', 'json'],
    ['', 'json'],
    ['garbage;;q=x', 'json'],
  ])('should take %j as %s', (accept, name) => {
    expect(several.answer(accept).codec.name).toBe(name);
  });

  it('should tell the place of the codec at the last stage', () => {
    expect(several.answer('application/msgpack').format).toBe(2);
  });

  it('should answer in the one codec there is, whatever is asked for', () => {
    expect(single.answer('application/json').codec).toBe(text);
    expect(single.varies).toBe(false);
    expect(several.varies).toBe(true);
  });
});
