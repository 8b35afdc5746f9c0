import { describe, expect, it } from 'vitest';
import { bytes, decodeHop, encodeHop, json, text } from '#libs/codec';
import { ClientError, DecodingError, EncodingError, HOP_FORMAT, ValidationError, type Codec } from '#libs/contracts';
import { ItemCall } from './item-call.js';
import { ItemCodec } from './item-codec.js';
import type { StageHost, StageInstance } from './stage-host.js';
import { hopItem, hostOf } from './worker.fixture.js';

class TeapotException extends Error {
  getStatus = () => 418;
  getResponse = () => ({ tea: true });
}

const codecOf = (instance: StageInstance, part: Partial<StageHost> = {}) => new ItemCodec(hostOf(instance, part));
const edge = (body: string | Uint8Array, inputFormat = 0, outputFormat = 0): ItemCall =>
  new ItemCall(hopItem(0, { payload: Buffer.from(body), inputFormat, outputFormat }));

function requireOne(value: unknown): void {
  if (value !== 1) throw new Error('not 1');
}

function failureOf(run: () => unknown): Promise<unknown> {
  return new Promise((resolve) => resolve(run())).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('when an item enters a stage', () => {
  it('should be decoded by the codec that it names, JSON alone where the stage names none', () => {
    expect(codecOf({}).decode(edge('[1]'))).toEqual([1]);
    expect(codecOf({}, { codecs: [json, text] }).decode(edge('[1]', 1))).toBe('[1]');
  });

  it('should be decoded as a hand-over whatever the codecs', () => {
    const deserialize = () => 'unused';
    const call = new ItemCall(hopItem(new Map([[1, 2]])));
    expect(codecOf({ deserialize }, { codecs: [bytes] }).decode(call)).toEqual(new Map([[1, 2]]));
  });

  it('should be read by the stage itself where it wants to, and validated then', async () => {
    const deserialize = (body: Uint8Array, call: { id: string }) => `${call.id}:${body.length}`;
    const acceptInput = (value: unknown) => [value];
    expect(await codecOf({ deserialize }, { acceptInput }).decode(edge('abc'))).toEqual(['test:3']);
  });

  it.each([HOP_FORMAT, 0])('should be validated in format %d', (inputFormat) => {
    const call = new ItemCall(hopItem(0, { payload: inputFormat ? encodeHop(5) : Buffer.from('5'), inputFormat }));
    expect(codecOf({}, { acceptInput: (value) => (value as number) + 1 }).decode(call)).toBe(6);
  });
});

describe('when the bytes of an item are bad', () => {
  it('should blame the request', async () => {
    expect(await failureOf(() => codecOf({}).decode(edge('{')))).toBeInstanceOf(DecodingError);
    const own: Codec = {
      ...json,
      decode: () => {
        throw new RangeError('too deep');
      },
    };
    expect(await failureOf(() => codecOf({}, { codecs: [own] }).decode(edge('1')))).toMatchObject({
      code: 'DECODING',
      message: 'too deep',
    });
  });

  it('should keep what deserialize says with a status of its own, and hide anything else', async () => {
    const failing = (error: Error) => codecOf({ deserialize: () => Promise.reject(error) });
    const mine = new ClientError('mine');
    const teapot = new TeapotException();
    expect(await failureOf(() => failing(mine).decode(edge('')))).toBe(mine);
    expect(await failureOf(() => failing(teapot).decode(edge('')))).toBe(teapot);
    const error = await failureOf(() => failing(new Error('secret')).decode(edge('')));
    expect(error).toMatchObject({ code: 'DECODING', message: 'the stage could not read the body' });
  });

  it.each([new ValidationError('no'), new TeapotException(), new TypeError('bug in the validation')])(
    'should keep what the validation throws as it is: %s',
    async (thrown) => {
      const acceptInput = () => {
        throw thrown;
      };
      const calls = [edge('1'), new ItemCall(hopItem(1))];
      for (const call of calls) expect(await failureOf(() => codecOf({}, { acceptInput }).decode(call))).toBe(thrown);
    },
  );

  it('should refuse a format that the stage does not have', async () => {
    expect(await failureOf(() => codecOf({}).decode(edge('1', 3)))).toMatchObject({
      message: 'stage "Test" has no codec number 3',
    });
  });
});

describe('when a codec needs to know more or takes its time', () => {
  const own: Codec = { ...json, decode: (body, source) => Promise.resolve(`${source?.contentType}:${body.length}`) };
  const call = () =>
    new ItemCall(
      hopItem(0, { payload: Buffer.from('abc'), inputFormat: 0, context: '{"id":"a","contentType":"a/b"}' }),
    );

  it('should be told the content type, and validated when it is done', async () => {
    const acceptInput = (value: unknown) => [value];
    expect(await codecOf({}, { codecs: [own], acceptInput }).decode(call())).toEqual(['a/b:3']);
  });

  it('should blame the request where it rejects', async () => {
    const failing: Codec = { ...json, decode: () => Promise.reject(new Error('no boundary')) };
    const error = await failureOf(() => codecOf({}, { codecs: [failing] }).decode(call()));
    expect(error).toMatchObject({ code: 'DECODING', message: 'no boundary' });
  });
});

describe('when stages hand over in another codec', () => {
  const mine = { ...text, name: 'mine' };

  it("should write the stage's own, and read that of the stages before", () => {
    const payload = codecOf({}, { ipc: mine }).encode(new ItemCall(hopItem(0)), 'abc') as Uint8Array;
    expect(decodeHop(payload, [mine])).toBe('abc');
    expect(codecOf({}, { hopCodecs: [mine] }).decode(new ItemCall(hopItem(0, { payload })))).toBe('abc');
  });

  it('should blame the server for a hand-over that cannot be read', async () => {
    const payload = encodeHop('abc', mine);
    const error = await failureOf(() => codecOf({}).decode(new ItemCall(hopItem(0, { payload }))));
    expect(error).not.toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ message: 'a hand-over came in codec "mine", which is not known here' });
  });
});

describe('when results are checked', () => {
  it.each([
    ['at once', (value: unknown) => requireOne(value)],
    ['later', async (value: unknown) => requireOne(value)],
  ])('should encode a good one and fail a bad one, %s', async (_when, checkOutput) => {
    const codec = codecOf({}, { checkOutput });
    expect(String(await codec.encode(edge(''), 1))).toBe('1');
    expect(await failureOf(() => codec.encode(edge(''), 2))).toEqual(new Error('not 1'));
  });
});

describe('when a result leaves a stage', () => {
  it('should be encoded by the codec that was asked for', () => {
    const codec = codecOf({}, { codecs: [json, text] });
    expect(String(codec.encode(edge('', 0, 0), 'a') as Uint8Array)).toBe('"a"');
    expect(String(codec.encode(edge('', 0, 1), 'a') as Uint8Array)).toBe('a');
  });

  it('should be handed over as it is to the next stage, not serialized', () => {
    const serialize = () => Buffer.from('unused');
    const payload = codecOf({ serialize }).encode(new ItemCall(hopItem(0)), new Set([1]));
    expect(decodeHop(payload as Uint8Array)).toEqual(new Set([1]));
  });

  it.each([
    ['at once', (value: unknown) => Buffer.from(`<${String(value)}>`)],
    ['later', async (value: unknown) => Buffer.from(`<${String(value)}>`)],
    [
      'by a bare thenable',
      (value: unknown) => ({ then: (resolve: (bytes: Buffer) => void) => resolve(Buffer.from(`<${String(value)}>`)) }),
    ],
  ])('should be written by the stage itself where it wants to: %s', async (_how, serialize) => {
    expect(String(await codecOf({ serialize }).encode(edge(''), 1))).toBe('<1>');
  });

  it.each([
    ['serialize gives no bytes', { serialize: () => 'text' }, {}, 'the encoded result is no Uint8Array'],
    ['serialize promises no bytes', { serialize: async () => 7 }, {}, 'the encoded result is no Uint8Array'],
    ['the codec gives no bytes', {}, { codecs: [{ ...json, encode: () => '' as never }] }, 'the encoded result is no'],
    ['the codec throws', {}, { codecs: [json] }, 'the result cannot be encoded'],
    ['serialize rejects', { serialize: () => Promise.reject(new Error('x')) }, {}, 'the result cannot be encoded'],
  ])('should fail as unencodable where %s', async (_why, instance: StageInstance, part, message) => {
    const error = await failureOf(() => codecOf(instance, part).encode(edge(''), 1n));
    expect(error).toBeInstanceOf(EncodingError);
    expect((error as Error).message).toContain(message);
  });

  it('should keep an error of serialize that has a status of its own', async () => {
    const teapot = new TeapotException();
    const serialize = () => {
      throw teapot;
    };
    expect(await failureOf(() => codecOf({ serialize }).encode(edge(''), 1))).toBe(teapot);
  });
});
