import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsInstance, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '#libs/contracts';
import type { Schema } from '../interfaces/schema.interface.js';
import type { StandardSchemaResult } from '../interfaces/standard-schema.interface.js';
import { acceptInput } from './accept-input.js';

class Line {
  @IsString()
  text!: string;

  @IsInt({ message: 'how many?' })
  @Min(1)
  @IsOptional()
  count?: number;
}

class Order {
  @IsString()
  customer!: string;

  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

class Tensor {
  @IsInstance(Float32Array)
  data!: Float32Array;
}

class Picture {
  @IsInstance(Uint8Array)
  bytes!: Uint8Array;

  @ValidateNested({ each: true })
  @Type(() => Tensor)
  tensors!: Tensor[];
}

/** The value as accepted, or the message of the refusal. */
async function outcome(input: Schema, value: unknown): Promise<unknown> {
  try {
    return await acceptInput(input)(value);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.message;
  }
}

const schema = (validate: (value: unknown) => StandardSchemaResult<unknown> | Promise<StandardSchemaResult<unknown>>) =>
  ({ '~standard': { version: 1, vendor: 'spec', validate } }) as const;

describe('when the input is a DTO class', () => {
  it('should make an instance of it, nested ones too', async () => {
    const order = (await outcome(Order, { customer: 'ada', lines: [{ text: 'a' }] })) as Order;
    expect(order).toBeInstanceOf(Order);
    expect(order.lines[0]).toBeInstanceOf(Line);
    expect(order).toEqual({ customer: 'ada', lines: [{ text: 'a' }] });
  });

  it('should name every broken rule with the path of its property', async () => {
    expect(await outcome(Order, { lines: [{ text: 'a' }, { text: 1 }] })).toBe(
      'customer must be a string; lines.1.text must be a string',
    );
  });

  it('should put the path before a message of the user', async () => {
    const value = { customer: 'ada', lines: [{ text: 'a', count: 1.5 }] };
    expect(await outcome(Order, value)).toBe('lines.0.count: how many?');
  });

  it('should take buffers and typed arrays as they are, in any depth', async () => {
    const bytes = Buffer.from('png');
    const data = Float32Array.of(1, 2);
    const value = { bytes, tensors: [{ data: Float32Array.of(0) }, { data }] };
    const picture = (await outcome(Picture, value)) as Picture;
    expect(picture.bytes).toBe(bytes);
    expect(picture.tensors[1]).toBeInstanceOf(Tensor);
    expect(picture.tensors[1]?.data).toBe(data);
    expect(value.tensors[1]?.data).toBe(data);
    expect(await outcome(Picture, { bytes: [1], tensors: [{ data: bytes }] })).toBe(
      'bytes must be an instance of Uint8Array; tensors.0.data must be an instance of Float32Array',
    );
  });

  it.each([
    [null, 'null is not an object'],
    [[], 'an array is not an object'],
    ['a', 'a value of type string is not an object'],
    [undefined, 'a value of type undefined is not an object'],
  ])('should refuse what is no object: %j', async (value, message) => {
    expect(await outcome(Order, value)).toBe(message);
  });
});

describe('when the input is a primitive', () => {
  it.each<[string, Schema, unknown]>([
    ['number', Number, 1.5],
    ['string', String, ''],
    ['boolean', Boolean, false],
  ])('should take a %s and refuse all else', async (type, input, value) => {
    expect(await outcome(input, value)).toBe(value);
    expect(await outcome(input, null)).toBe(`null is not a ${type}`);
    expect(await outcome(input, [value])).toBe(`an array is not a ${type}`);
    expect(await outcome(input, {})).toBe(`a value of type object is not a ${type}`);
  });
});

describe('when the input is a Standard Schema', () => {
  it('should hand on the value that comes out of it, now or later', async () => {
    const upper = (value: unknown) => ({ value: String(value).toUpperCase() });
    expect(acceptInput(schema(upper))('a')).toBe('A');
    expect(
      await outcome(
        schema(async (value) => upper(value)),
        'a',
      ),
    ).toBe('A');
  });

  it('should name every issue with its path', async () => {
    const issues = [
      { message: 'no', path: ['lines', 0, { key: 'text' }] },
      { message: 'nothing', path: [] },
      { message: 'at all' },
    ];
    expect(
      await outcome(
        schema(() => ({ issues })),
        1,
      ),
    ).toBe('lines.0.text: no; nothing; at all');
    expect(
      await outcome(
        schema(async () => ({ issues })),
        1,
      ),
    ).toBe('lines.0.text: no; nothing; at all');
  });

  it('should take a function that is a schema, as some libraries make them', async () => {
    const callable = Object.assign(
      () => undefined,
      schema((value) => ({ value: [value] })),
    );
    expect(await outcome(callable, 1)).toEqual([1]);
  });
});
