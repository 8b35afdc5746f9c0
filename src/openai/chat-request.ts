import type { ChatRequest } from './chat-types.js';
import { isObject, type JsonObject } from './json-object.js';
import { invalid } from './open-ai.error.js';

/**
 * Checks what every chat model needs; the rest is for the pipeline to check.
 * @throws OpenAiError 400 naming the member that is at fault
 */
export function requireChatRequest(body: JsonObject): ChatRequest {
  const { messages, stream, stream_options, n } = body;
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid('messages', '"messages" must be a list of at least one message.');
  }
  const wrong = messages.findIndex((message) => !isObject(message) || typeof message.role !== 'string');
  if (wrong >= 0) throw invalid(`messages[${wrong}]`, `"messages[${wrong}]" must be an object with a "role".`);
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') {
    throw invalid('stream', '"stream" must be true or false.');
  }
  if (stream_options !== undefined && stream_options !== null && !isObject(stream_options)) {
    throw invalid('stream_options', '"stream_options" must be an object.');
  }
  if (n !== undefined && n !== null && n !== 1) throw invalid('n', '"n" must be 1: there is one answer to a request.');
  return body as unknown as ChatRequest;
}

/** Whether the last chunk tells how many tokens there were. */
export function wantsUsage({ stream_options }: ChatRequest): boolean {
  return isObject(stream_options) && stream_options.include_usage === true;
}
