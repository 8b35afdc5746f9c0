import type { StreamEvent } from '#libs/contracts';
import { PipelineOf } from '../../src/decorators/pipeline-of.js';
import { Pipeline } from '../../src/decorators/pipeline.decorator.js';
import {
  OpenAiModule,
  type ChatDelta,
  type ChatEnd,
  type ChatEvent,
  type ChatRequest,
  type Embedding,
  type EmbeddingInput,
} from '../../src/openai/index.js';
import { Classify, Generate, Tokenize } from './stages.js';

class Embed {
  forward(input: EmbeddingInput): Embedding {
    return { embedding: [], tokens: input.length };
  }
}

class EmbedBatch {
  forwardBatch(inputs: EmbeddingInput[]): Promise<({ embedding: Float32Array; tokens: number } | Error)[]> {
    return Promise.resolve(inputs.map(() => new Error('any')));
  }
}

class EmbedTexts {
  forward(input: string): Embedding {
    return { embedding: [], tokens: input.length };
  }
}

class EmbedWithoutTokens {
  forward(_input: EmbeddingInput): { embedding: number[] } {
    return { embedding: [] };
  }
}

/** Asks for more than the protocol does, which its `input` has to check. */
class StrictRequest {
  messages!: { role: 'user'; content: string }[];
}

class Talk {
  async *forward(request: ChatRequest): AsyncGenerator<ChatEvent, ChatEnd> {
    yield request.model;
    return { finish_reason: 'stop', usage: { prompt_tokens: 1, completion_tokens: 1 } };
  }
}

class TalkStrictly {
  async *forward(request: StrictRequest): AsyncGenerator<StreamEvent<ChatDelta>, ChatEnd> {
    yield { data: { content: request.messages[0]?.content ?? '' } };
    return { finish_reason: 'stop', usage: { prompt_tokens: 1, completion_tokens: 1 } };
  }
}

class TalkWithoutEnd {
  async *forward(request: ChatRequest): AsyncGenerator<string, void> {
    yield request.model;
  }
}

class TalkInNumbers {
  async *forward(request: ChatRequest): AsyncGenerator<StreamEvent<number>, ChatEnd> {
    yield { data: request.messages.length };
    return { finish_reason: 'stop', usage: { prompt_tokens: 1, completion_tokens: 1 } };
  }
}

export class Embedding1 extends PipelineOf(Embed) {}
export class Embedding2 extends PipelineOf(EmbedBatch) {}
export class TextsOnly extends PipelineOf(EmbedTexts) {}
export class WithoutTokens extends PipelineOf(EmbedWithoutTokens) {}
export class Sentiment extends PipelineOf(Tokenize, Classify) {}
export class Chat extends PipelineOf(Talk) {}
export class StrictChat extends PipelineOf(TalkStrictly) {}
export class EndlessChat extends PipelineOf(TalkWithoutEnd) {}
export class NumberChat extends PipelineOf(TalkInNumbers) {}
export class NoChat extends PipelineOf(Generate) {}

@Pipeline([Embed])
export class Untyped {}

export const fits = [
  OpenAiModule.forFeature({ embeddings: { a: Embedding1, b: Embedding2 }, chat: { c: Chat, d: StrictChat } }),
  OpenAiModule.forFeature({ embeddings: { a: Embedding1 } }, { prefix: ['/v1', ''], apiKeys: ['sk'] }),
  OpenAiModule.forFeature({ chat: { c: Chat } }),
];

export const refused = [
  // @ts-expect-error clients send token ids too
  OpenAiModule.forFeature({ embeddings: { a: TextsOnly } }),
  // @ts-expect-error the usage needs the tokens
  OpenAiModule.forFeature({ embeddings: { a: Embedding1, b: WithoutTokens } }),
  // @ts-expect-error another pipeline
  OpenAiModule.forFeature({ embeddings: { a: Sentiment } }),
  // @ts-expect-error @Pipeline carries no types
  OpenAiModule.forFeature({ embeddings: { a: Untyped } }),
  // @ts-expect-error a chat is no embedding
  OpenAiModule.forFeature({ embeddings: { a: Chat } }),
  // @ts-expect-error an embedding is no chat
  OpenAiModule.forFeature({ chat: { a: Embedding1 } }),
  // @ts-expect-error it returns no end
  OpenAiModule.forFeature({ chat: { a: EndlessChat } }),
  // @ts-expect-error its events are no deltas
  OpenAiModule.forFeature({ chat: { a: NumberChat } }),
  // @ts-expect-error it takes no messages
  OpenAiModule.forFeature({ chat: { a: NoChat } }),
  // @ts-expect-error unknown option
  OpenAiModule.forFeature({ chat: { a: Chat } }, { path: '/v1' }),
];
