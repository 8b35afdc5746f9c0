import type { StreamEvent } from '#libs/contracts';

/** One message of a conversation. @publicApi */
export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function';
  /** A text, or parts of other kinds: https://platform.openai.com/docs/api-reference/chat/create */
  readonly content?: string | readonly Readonly<Record<string, unknown>>[] | null;
  readonly [member: string]: unknown;
}

/**
 * What a chat pipeline takes: the body of the request as it came. It is known to have a `model`, and `messages` with a role
 * each; give the first stage an `input` to check what else it uses.
 * @publicApi
 */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream?: boolean | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly user?: string;
  readonly [member: string]: unknown;
}

/** A part of a call of a tool; parts of one `index` belong together, their `arguments` one behind the other. @publicApi */
export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly type?: 'function';
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** More of the answer: texts that follow what came before. @publicApi */
export interface ChatDelta {
  readonly content?: string;
  readonly refusal?: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly ToolCallDelta[];
}

/** What a chat pipeline sends: a piece of text, or `{ data: delta }`. @publicApi */
export type ChatEvent = string | StreamEvent<ChatDelta>;

/** What a chat pipeline returns once it has sent everything; its stage needs `sendResult: true`. @publicApi */
export interface ChatEnd {
  /** Why it stopped. */
  readonly finish_reason: 'stop' | 'length' | 'tool_calls' | 'content_filter';
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
  };
}
