import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validate, type ValidationError as PropertyError } from 'class-validator';
import { ValidationError } from '#libs/contracts';
import { DetachedViews } from './detached-views.js';
import type { DtoClass, Schema } from '../interfaces/schema.interface.js';
import type { StandardSchema } from '../interfaces/standard-schema.interface.js';

/** Validates one item and gives it its type; throws or rejects with `ValidationError`. */
export type AcceptInput = (value: unknown) => unknown;

const PRIMITIVES = new Map<unknown, string>([
  [Number, 'number'],
  [String, 'string'],
  [Boolean, 'boolean'],
]);

/** How a stage with this `input` accepts its items. */
export function acceptInput(input: Schema): AcceptInput {
  const primitive = PRIMITIVES.get(input);
  if (primitive) return (value) => requireType(value, primitive);
  if ('~standard' in input) return (value) => acceptBySchema(value, input);
  return (value) => acceptDto(value, input as DtoClass);
}

function requireType(value: unknown, type: string): unknown {
  if (typeof value === type) return value;
  throw new ValidationError(`${describe(value)} is not a ${type}`);
}

async function acceptDto(value: unknown, dto: DtoClass): Promise<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationError(`${describe(value)} is not an object`);
  }
  const detached = new DetachedViews(value);
  const instance = plainToInstance(dto as ClassConstructor<object>, detached.value);
  detached.attach(instance);
  const errors = await validate(instance, { forbidUnknownValues: false });
  if (errors.length > 0) throw new ValidationError(errors.flatMap((error) => constraints(error)).join('; '));
  return instance;
}

/** One sentence per broken rule, with the path of the property, e.g. `items.0.text must be a string`. */
function constraints(error: PropertyError, parent = ''): string[] {
  const path = `${parent}${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((text) =>
    text.startsWith(error.property) ? `${path}${text.slice(error.property.length)}` : `${path}: ${text}`,
  );
  return [...own, ...(error.children ?? []).flatMap((child) => constraints(child, `${path}.`))];
}

function acceptBySchema(value: unknown, schema: StandardSchema): unknown {
  const result = schema['~standard'].validate(value);
  return result instanceof Promise ? result.then(unwrap) : unwrap(result);
}

type Result = Awaited<ReturnType<StandardSchema['~standard']['validate']>>;

function unwrap(result: Result): unknown {
  if (!result.issues) return result.value;
  const issues = result.issues.map(({ message, path }) => {
    const where = path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return where ? `${where}: ${message}` : message;
  });
  throw new ValidationError(issues.join('; '));
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
