import { BrokenPipelineError } from './broken-pipeline.error.js';
import type { ChatDelta, ChatEnd } from './chat-types.js';
import { ChatMessageBuilder, type AnswerMessage } from './chat-message-builder.js';
import type { ChatPart } from './chat-part.js';

interface Head<T extends string> {
  readonly id: string;
  readonly object: T;
  /** Epoch seconds. */
  readonly created: number;
  readonly model: string;
}

type FinishReason = ChatEnd['finish_reason'];

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** One event of a streamed answer: https://platform.openai.com/docs/api-reference/chat-streaming */
export interface ChatChunk extends Head<'chat.completion.chunk'> {
  readonly choices: readonly {
    readonly index: 0;
    readonly delta: ChatDelta & { readonly role?: 'assistant' };
    readonly finish_reason: FinishReason | null;
  }[];
  readonly usage?: Usage | null;
}

/** A whole answer: https://platform.openai.com/docs/api-reference/chat/object */
export interface ChatCompletion extends Head<'chat.completion'> {
  readonly choices: readonly [
    { readonly index: 0; readonly message: AnswerMessage; readonly finish_reason: FinishReason },
  ];
  readonly usage: Usage;
}

/** What a pipeline is told that sent no end. */
export const NO_END = 'returned no { finish_reason, usage }';

/** The forms of one answer. */
export class ChatAnswer {
  constructor(
    private readonly id: string,
    readonly model: string,
    private readonly created: number,
    /** Whether a chunk with the usage comes at the end of a stream; the others then have the member too. */
    private readonly tellsUsage: boolean,
  ) {}

  /** Begins a stream. */
  first(): ChatChunk {
    return this.chunk({ role: 'assistant', content: '' });
  }

  more(delta: ChatDelta): ChatChunk {
    return this.chunk(delta);
  }

  /** Ends a stream. */
  last({ finish_reason, usage }: ChatEnd): ChatChunk[] {
    const end = this.chunk({}, finish_reason);
    if (!this.tellsUsage) return [end];
    return [end, { ...this.head('chat.completion.chunk'), choices: [], usage: total(usage) }];
  }

  /** @throws BrokenPipelineError when the parts have no end */
  async whole(parts: AsyncIterable<ChatPart>): Promise<ChatCompletion> {
    const message = new ChatMessageBuilder();
    let end: ChatEnd | undefined;
    for await (const part of parts) {
      if (part.end) end = part.end;
      else message.add(part.delta);
    }
    if (!end) throw new BrokenPipelineError(this.model, NO_END);
    const choice = { index: 0 as const, message: message.build(), finish_reason: end.finish_reason };
    return { ...this.head('chat.completion'), choices: [choice], usage: total(end.usage) };
  }

  private chunk(delta: ChatDelta & { role?: 'assistant' }, finish_reason: FinishReason | null = null): ChatChunk {
    const choices = [{ index: 0 as const, delta, finish_reason }];
    return { ...this.head('chat.completion.chunk'), choices, ...(this.tellsUsage && { usage: null }) };
  }

  private head<T extends string>(object: T): Head<T> {
    return { id: `chatcmpl-${this.id}`, object, created: this.created, model: this.model };
  }
}

function total({ prompt_tokens, completion_tokens }: ChatEnd['usage']): Usage {
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
