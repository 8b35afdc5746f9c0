import type { StandardSchema } from './standard-schema.interface.js';

/** A class whose instances are validated with class-validator and published in OpenAPI. @publicApi */
export type DtoClass<T extends object = object> = new (...args: never[]) => T;

/**
 * What `input` and `output` of a stage take: a DTO class, a Standard Schema, or `Number`, `String`, `Boolean`.
 * @publicApi
 */
export type Schema = NumberConstructor | StringConstructor | BooleanConstructor | StandardSchema | DtoClass;

type Primitive<S> = S extends NumberConstructor
  ? number
  : S extends StringConstructor
    ? string
    : S extends BooleanConstructor
      ? boolean
      : never;

type Value<S> = [Primitive<S>] extends [never] ? (S extends DtoClass<infer T> ? T : never) : Primitive<S>;

/** Type of a value that the schema validates. */
export type SchemaInput<S> = S extends StandardSchema<infer I, unknown> ? I : Value<S>;

/** Type of the value that comes out of the validation: for a Standard Schema after its transforms. */
export type SchemaOutput<S> = S extends StandardSchema<unknown, infer O> ? O : Value<S>;
