import type { ChatCompletion } from '../dto/chat-completion.dto.js';
import type { ChatChunk, FinishReason } from '../dto/chat-chunk.dto.js';
import type { Usage } from '../dto/usage.dto.js';

/** The forms of one answer. */
export class Answer {
  private readonly created = Math.floor(Date.now() / 1000);

  constructor(
    private readonly id: string,
    private readonly model: string,
  ) {}

  chunk(delta: ChatChunk['choices'][number]['delta'], finishReason: FinishReason | null = null): ChatChunk {
    return { ...this.head('chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: finishReason }] };
  }

  /** The last chunk, where it is asked for. */
  usage(usage: Usage): ChatChunk {
    return { ...this.head('chat.completion.chunk'), choices: [], usage };
  }

  whole(content: string, finishReason: FinishReason, usage: Usage): ChatCompletion {
    const message = { role: 'assistant' as const, content };
    return { ...this.head('chat.completion'), choices: [{ index: 0, message, finish_reason: finishReason }], usage };
  }

  private head<T extends string>(object: T) {
    return { id: `chatcmpl-${this.id}`, object, created: this.created, model: this.model };
  }
}
