import type { PipelineClass, PipelineTypes } from '../decorators/pipeline-types.js';
import type { TypeMismatch } from '../decorators/type-mismatch.js';
import type { ChatEnd, ChatEvent, ChatRequest } from './chat-types.js';
import type { Embedding, EmbeddingInput } from './embedding-types.js';

/** Pipelines by the name of their model. @publicApi */
export type PipelinesByModel = Readonly<Record<string, PipelineClass>>;

/** The models of `OpenAiModule.forFeature`. @publicApi */
export interface OpenAiModels<
  E extends PipelinesByModel = PipelinesByModel,
  C extends PipelinesByModel = PipelinesByModel,
> {
  /**
   * For `/embeddings`: pipelines from `string | number[]` to `{ embedding, tokens }`.
   * @default none: there is no such route
   */
  readonly embeddings?: E;
  /**
   * For `/chat/completions`: pipelines from the request to a stream of texts that ends with `{ finish_reason, usage }`.
   * @default none: there is no such route
   */
  readonly chat?: C;
}

type TypesOf<P> = P extends PipelineClass<infer T> ? T : never;

type CheckEmbeddings<P> =
  TypesOf<P> extends PipelineTypes<EmbeddingInput, Embedding>
    ? P
    : TypeMismatch<
        'an embedding pipeline extends PipelineOf(...), takes string | number[], and returns { embedding, tokens }',
        TypesOf<P>,
        PipelineTypes<EmbeddingInput, Embedding>
      >;

/** A stage may ask for less than any body: its `input` is checked when a request comes. */
type TakesChat<In> = ChatRequest extends In ? true : In extends { readonly messages: unknown } ? true : false;

type IsChat<T> =
  T extends PipelineTypes<infer In, infer Out, infer Event>
    ? [TakesChat<In>, Out, Event] extends [true, ChatEnd, ChatEvent]
      ? [Event] extends [never]
        ? false
        : true
      : false
    : false;

type CheckChat<P> =
  IsChat<TypesOf<P>> extends true
    ? P
    : TypeMismatch<
        'a chat pipeline extends PipelineOf(...), takes { messages }, streams texts or deltas, and returns { finish_reason, usage }',
        TypesOf<P>,
        PipelineTypes<ChatRequest, ChatEnd, ChatEvent>
      >;

/** The models themselves, with every pipeline that does not fit replaced by the reason. */
export interface CheckedModels<E extends PipelinesByModel, C extends PipelinesByModel> {
  readonly embeddings?: { readonly [Model in keyof E]: CheckEmbeddings<E[Model]> };
  readonly chat?: { readonly [Model in keyof C]: CheckChat<C[Model]> };
}
