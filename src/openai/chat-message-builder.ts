import type { ChatDelta, ToolCallDelta } from './chat-types.js';

export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** The message of a whole answer. */
export interface AnswerMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal: string | null;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly ToolCall[];
}

/** Puts the deltas of an answer together. */
export class ChatMessageBuilder {
  private content?: string;
  private refusal?: string;
  private reasoning?: string;
  private readonly toolCalls = new Map<number, ToolCall>();

  add({ content, refusal, reasoning_content, tool_calls = [] }: ChatDelta): void {
    if (content !== undefined) this.content = (this.content ?? '') + content;
    if (refusal !== undefined) this.refusal = (this.refusal ?? '') + refusal;
    if (reasoning_content !== undefined) this.reasoning = (this.reasoning ?? '') + reasoning_content;
    for (const delta of tool_calls) this.toolCalls.set(delta.index, extend(this.toolCalls.get(delta.index), delta));
  }

  build(): AnswerMessage {
    const { refusal = null, reasoning, toolCalls } = this;
    const hasOther = refusal !== null || toolCalls.size > 0;
    return {
      role: 'assistant',
      content: this.content ?? (hasOther ? null : ''),
      refusal,
      ...(reasoning !== undefined && { reasoning_content: reasoning }),
      ...(toolCalls.size > 0 && { tool_calls: [...toolCalls.entries()].sort(byIndex).map(([, call]) => call) }),
    };
  }
}

function extend(call: ToolCall | undefined, delta: ToolCallDelta): ToolCall {
  const { name = '', arguments: more = '' } = delta.function ?? {};
  return {
    id: call?.id || (delta.id ?? ''),
    type: 'function',
    function: { name: (call?.function.name ?? '') + name, arguments: (call?.function.arguments ?? '') + more },
  };
}

function byIndex([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}
