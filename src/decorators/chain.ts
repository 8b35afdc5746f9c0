import type { EventOf, InputOf, OutputOf } from './stage-typing.js';
import type { TypeMismatch } from './type-mismatch.js';

type CheckNext<A, B> = [EventOf<A>] extends [never]
  ? [OutputOf<A>] extends [InputOf<B>]
    ? B
    : TypeMismatch<'this stage does not accept what the stage before it returns', OutputOf<A>, InputOf<B>>
  : TypeMismatch<'only the last stage of a pipeline may stream', EventOf<A>, InputOf<B>>;

/** The list itself, with every stage that does not fit the one before it replaced by the reason. */
export type Chain<S extends readonly unknown[], Before = never> = S extends readonly [infer A, ...infer Rest]
  ? readonly [[Before] extends [never] ? A : CheckNext<Before, A>, ...Chain<Rest, A>]
  : readonly [];

type First<S extends readonly unknown[]> = S extends readonly [infer A, ...unknown[]] ? A : never;
type Last<S extends readonly unknown[]> = S extends readonly [...unknown[], infer Z] ? Z : never;

/** What a pipeline of these stages takes. */
export type ChainInput<S extends readonly unknown[]> = InputOf<First<S>>;
/** What a pipeline of these stages answers. */
export type ChainOutput<S extends readonly unknown[]> = OutputOf<Last<S>>;
/** What a pipeline of these stages streams; `never` if it does not. */
export type ChainEvent<S extends readonly unknown[]> = EventOf<Last<S>>;
