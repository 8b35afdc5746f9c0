import type { StageRuntime } from './stage-runtime.js';
import type { IsAny } from './type-mismatch.js';

type Method = (...args: never[]) => unknown;

/** Not `Exclude<T, Error>`: that would also drop data such as `{ name; message }`. */
type Success<T> = T extends Error ? ('stack' extends keyof T ? never : T) : T;

type Element<T> = T extends readonly (infer E)[] ? E : never;

type Instance<R> = R extends StageRuntime<infer T> ? T : R extends new (...args: never[]) => infer T ? T : never;

type IsBatch<R> = Instance<R> extends { forwardBatch: Method } ? true : false;

type Handler<R> =
  Instance<R> extends { forwardBatch: infer F extends Method }
    ? F
    : Instance<R> extends { forward: infer F extends Method }
      ? F
      : never;

type Taken<R> = Parameters<Handler<R>>['length'] extends 0 ? unknown : Parameters<Handler<R>>[0];

type Returned<R> = Awaited<ReturnType<Handler<R>>>;

type CallOf<R> = Parameters<Handler<R>> extends readonly [unknown, infer C, ...unknown[]] ? C : never;

type SentEvent<Call> = [Call] extends [never]
  ? never
  : Call extends { sendEvent(event: infer E): unknown } | readonly { sendEvent(event: infer E): unknown }[]
    ? E
    : never;

/** What one item of a stage is; `unknown` if its handler takes no argument. */
export type InputOf<R> = IsBatch<R> extends true ? (unknown extends Taken<R> ? unknown : Element<Taken<R>>) : Taken<R>;

/** What a stage makes of one item: promises, batches and `Error` members unwrapped, of a generator what it returns. */
export type OutputOf<R> = IsBatch<R> extends true ? Success<Element<Returned<R>>> : Success<ReturnOf<R>>;

type ReturnOf<R> =
  IsAny<Returned<R>> extends true
    ? Returned<R>
    : Returned<R> extends AsyncGenerator<unknown, infer T>
      ? IsAny<T> extends true
        ? unknown
        : T
      : Returned<R>;

/** The events of a streaming stage; `never` for any other stage. */
export type EventOf<R> =
  IsAny<Returned<R>> extends true ? never : Returned<R> extends AsyncIterable<infer E> ? E : SentEvent<CallOf<R>>;
