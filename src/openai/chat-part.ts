import type { Streamed } from '#libs/contracts';
import { BrokenPipelineError } from './broken-pipeline.error.js';
import type { ChatDelta, ChatEnd } from './chat-types.js';
import { isObject } from './json-object.js';

/** One event of a chat pipeline, told apart. */
export type ChatPart = { readonly delta: ChatDelta; readonly end?: undefined } | { readonly end: ChatEnd };

/** @throws BrokenPipelineError when the event is none of a chat pipeline */
export function readChatPart(event: Streamed, model: string): ChatPart {
  if (typeof event === 'string') return { delta: { content: event } };
  const { data } = event;
  if (typeof data === 'string') return { delta: { content: data } };
  if (!isObject(data)) throw new BrokenPipelineError(model, 'sent an event that is neither a text nor an object');
  if (!('finish_reason' in data)) return { delta: data };
  const { usage } = data;
  const isCounted = isObject(usage) && [usage.prompt_tokens, usage.completion_tokens].every(Number.isSafeInteger);
  if (!isCounted) throw new BrokenPipelineError(model, 'returned no usage { prompt_tokens, completion_tokens }');
  return { end: data as unknown as ChatEnd };
}
