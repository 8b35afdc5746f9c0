import { SseStage, type StreamStage } from 'nestjs-mosec';
import type { ChatEnd } from 'nestjs-mosec/openai';
import { ChatRequest } from '../dto/chat-request.dto.js';
import { LanguageModel } from '../model/language-model.js';
import { wordsOf } from '../model/words.js';

const DEFAULT_TOKENS = 64;

/** Yields pieces of text and returns why it stopped; the chunks and the whole answer are made of them by `OpenAiModule`. */
@SseStage({ maxConcurrency: 16, sendResult: true, input: ChatRequest, providers: [LanguageModel] })
export class Complete implements StreamStage<ChatRequest, string, ChatEnd> {
  readonly example: ChatRequest = { messages: [{ role: 'user', content: 'A worker' }] };

  constructor(private readonly model: LanguageModel) {}

  async *forward({ messages, max_tokens = DEFAULT_TOKENS, seed = 1 }: ChatRequest): AsyncGenerator<string, ChatEnd> {
    const tokens = this.model.complete(messages.at(-1)?.content ?? '', max_tokens, seed);
    let count = 0;
    let step = tokens.next();
    for (; !step.done; step = tokens.next()) yield count++ === 0 ? step.value : ` ${step.value}`;
    const prompt = messages.map(({ content }) => content).join(' ');
    return {
      finish_reason: step.value,
      usage: { prompt_tokens: wordsOf(prompt).length, completion_tokens: count },
    };
  }
}
