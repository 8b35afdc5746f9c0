import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientError } from '#libs/contracts';
import { modelOf } from '../model.fixture.js';
import { splitItems } from '../items/split-items.js';
import { readInferRequest } from './read-request.js';

const model = modelOf();
const read = (request: unknown, of = model) => readInferRequest(of, Buffer.from(JSON.stringify(request)), undefined);
const x = (part: object = {}) => ({ name: 'x', datatype: 'FP32', shape: [1, 2], data: [1, 2], ...part });

/** A body of JSON and binary tensors, and the value of the header. */
const readBinary = (json: unknown, hex: string, of = model) => {
  const head = Buffer.from(JSON.stringify(json));
  return readInferRequest(of, Buffer.concat([head, Buffer.from(hex, 'hex')]), String(head.length));
};
const sized = (bytes: unknown) => ({
  name: 'x',
  datatype: 'FP32',
  shape: [1, 2],
  parameters: { binary_data_size: bytes },
});

describe('when a request is read', () => {
  it.each([
    [[1, 2, 3, 4]],
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])('should take data flat and nested: %j', (data) => {
    const [input] = read({ inputs: [x({ shape: [2, 2], data })] }).inputs;
    expect(input).toMatchObject({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  });

  it('should take tensors from behind the JSON, as views', () => {
    const { inputs } = readBinary({ inputs: [sized(8)] }, '0000803f00000040');
    expect(inputs[0]?.data).toEqual(Float32Array.of(1, 2));
  });

  it('should take binary tensors in the order of the inputs, those in JSON between them', () => {
    const two = modelOf({
      inputs: ['a', 'b', 'c'].map((name) => ({ name, datatype: 'UINT8', shape: [-1] })),
    });
    const binary = (name: string) => ({ name, datatype: 'UINT8', shape: [1], parameters: { binary_data_size: 1 } });
    const json = { inputs: [binary('c'), { name: 'b', datatype: 'UINT8', shape: [1], data: [7] }, binary('a')] };
    const { inputs } = readBinary(json, '0506', two);
    expect(inputs.map(({ spec, data }) => [spec.name, data[0]])).toEqual([
      ['c', 5],
      ['b', 7],
      ['a', 6],
    ]);
  });

  it('should want all outputs, or those that are listed, each in its form', () => {
    const two = modelOf({ outputs: ['y', 'z'].map((name) => ({ name, datatype: 'FP32', shape: [-1] })) });
    const wanted = (part: object) => read({ inputs: [x()], ...part }, two).outputs.map((o) => [o.spec.name, o.binary]);
    expect(wanted({})).toEqual([['y', false], ['z', false]]); // prettier-ignore
    expect(wanted({ parameters: { binary_data_output: true } })).toEqual([['y', true], ['z', true]]); // prettier-ignore
    const outputs = [{ name: 'z', parameters: { binary_data: false } }];
    expect(wanted({ parameters: { binary_data_output: true }, outputs })).toEqual([['z', false]]);
  });

  it('should find the dimension that varies in a raw body by its size', () => {
    const [input] = readInferRequest(model, Buffer.alloc(12), '0').inputs;
    expect(input).toMatchObject({ shape: [1, 3] });
    expect(() => readInferRequest(model, Buffer.alloc(13), '0')).toThrow('needs 12 bytes, and has 13');
    const words = modelOf({ inputs: [{ name: 'x', datatype: 'BYTES', shape: [-1, 1] }] });
    expect(readInferRequest(words, Buffer.from('a word'), '0').inputs[0]).toMatchObject({
      shape: [1, 1],
      data: [Buffer.from('a word')],
    });
  });
});

describe('when a request is not what the model takes', () => {
  it.each([
    [[], 'the request is no JSON object'],
    [{}, 'the request has no list of inputs'],
    [{ inputs: [] }, 'input "x" is missing'],
    [{ inputs: [1] }, 'input 0 is no object'],
    [{ inputs: [{}] }, 'an input has no name'],
    [{ inputs: [x({ name: 'z' })] }, 'there is no input "z"; it takes "x"'],
    [{ inputs: [x(), x()] }, 'input "x" is given twice'],
    [{ inputs: [x({ datatype: 'INT8' })] }, 'input "x" has datatype INT8 and takes FP32'],
    [{ inputs: [x({ datatype: 3 })] }, 'input "x" has datatype none and takes FP32'],
    [{ inputs: [x({ shape: [2] })] }, 'input "x" has shape [2] and takes [-1, -1]'],
    [{ inputs: [x({ shape: [-1, 2] })] }, 'input "x" has no shape'],
    [{ inputs: [x({ shape: [1e300, 1e300] })] }, 'input "x" has no shape'],
    [{ inputs: [x({ shape: [2 ** 52, 2 ** 52] })] }, 'which is too large'],
    [{ inputs: [x({ shape: new Array(99).fill(1) })] }, `has shape [${'1, '.repeat(16)}…] and takes`],
    [{ inputs: [x({ data: undefined })] }, 'input "x" has neither data nor binary_data_size'],
    [{ inputs: [x({ data: [1] })] }, 'input "x" has 1 elements, and shape [1, 2] takes 2'],
    [{ inputs: [x({ data: [[1], [2]] })] }, 'nested data that is not of shape [1, 2]'],
    [{ inputs: [x({ data: [[1, [2]]] })] }, 'input "x" of datatype FP32 has [2] at place 1'],
    [{ inputs: [x()], id: 7 }, 'the id of the request is no string'],
    [{ inputs: [x()], parameters: { a: [] } }, 'the request has a parameter "a" that is no string, number or boolean'],
    [{ inputs: [x()], parameters: { sequence_id: 1 } }, 'the parameter "sequence_id", which is not supported'],
    [{ inputs: [x()], outputs: [{ name: 'z' }] }, 'there is no output "z"; it has "y"'],
    [{ inputs: [x()], outputs: [{ name: 'y', parameters: { classification: 1 } }] }, 'the parameter "classification"'],
    [{ inputs: [x()], outputs: [{ name: 'y', parameters: { binary_data: 1 } }] }, 'neither true nor false'],
    [{ inputs: [sized(8)] }, 'input "x" has a binary_data_size of 8, and 0 bytes are left of the body'],
    [{ inputs: [sized(-1)] }, 'input "x" has a binary_data_size that is no count of bytes'],
    [{ inputs: [{ ...sized(8), data: [] }] }, 'input "x" has both data and binary_data_size'],
  ])('should refuse it, naming model and culprit: %j', (request, text) => {
    expect(() => read(request)).toThrow(ClientError);
    expect(() => read(request)).toThrow('model "m": ');
    expect(() => read(request)).toThrow(text);
  });

  it('should refuse bytes behind the last tensor, and a header that does not fit', () => {
    expect(() => readBinary({ inputs: [x()] }, '00')).toThrow('1 bytes follow the last binary tensor');
    const body = Buffer.from('{}');
    expect(() => readInferRequest(model, body, '3')).toThrow('is 3, and the body has 2 bytes');
    expect(() => readInferRequest(model, body, '-1')).toThrow('is no number');
    expect(() => readInferRequest(model, body, '1e1')).toThrow('is no number');
  });
});

describe('when a body is rubbish', () => {
  const tensor = fc.record(
    {
      name: fc.oneof(fc.constant('x'), fc.string()),
      datatype: fc.oneof(fc.constant('FP32'), fc.string()),
      shape: fc.oneof(fc.array(fc.integer({ min: -2, max: 4 })), fc.array(fc.double()), fc.jsonValue()),
      data: fc.oneof(fc.array(fc.double()), fc.array(fc.array(fc.integer())), fc.jsonValue()),
      parameters: fc.oneof(fc.record({ binary_data_size: fc.oneof(fc.integer(), fc.jsonValue()) }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const request = fc.record(
    {
      id: fc.oneof(fc.string(), fc.jsonValue()),
      inputs: fc.oneof(fc.array(tensor, { maxLength: 3 }), fc.jsonValue()),
      outputs: fc.oneof(fc.array(tensor, { maxLength: 2 }), fc.jsonValue()),
      parameters: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    request.map((value) => Buffer.from(JSON.stringify(value))),
  );
  const header = fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 80 }).map(String), fc.string());

  it('should blame the request and nothing else', () => {
    fc.assert(
      fc.property(body, header, (bytes, length) => {
        try {
          splitItems(model, readInferRequest(model, bytes, length).inputs);
        } catch (error) {
          expect(error).toBeInstanceOf(ClientError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('should not follow lists that are nested for ever', () => {
    const deep = `{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":${'['.repeat(1e5)}1${']'.repeat(1e5)}}]}`;
    expect(() => readInferRequest(model, Buffer.from(deep), undefined)).toThrow(ClientError);
  });
});
