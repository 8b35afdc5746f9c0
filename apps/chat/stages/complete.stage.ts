import { SseStage, type StreamCall, type StreamEvent, type StreamStage } from 'nestjs-mosec';
import { ChatChunk, type FinishReason } from '../dto/chat-chunk.dto.js';
import { ChatCompletion } from '../dto/chat-completion.dto.js';
import { ChatRequest } from '../dto/chat-request.dto.js';
import { LanguageModel } from '../model/language-model.js';
import { wordsOf } from '../model/words.js';
import { Answer } from './answer.js';

const DEFAULT_TOKENS = 64;

/** Streams its answer where the request says so, and returns it otherwise: then there are no events, and it is plain JSON. */
@SseStage({
  maxConcurrency: 16,
  input: ChatRequest,
  event: ChatChunk,
  output: ChatCompletion,
  providers: [LanguageModel],
})
export class Complete implements StreamStage<ChatRequest, StreamEvent<ChatChunk>, ChatCompletion | undefined> {
  readonly example: ChatRequest = {
    model: 'markov-2',
    stream: true,
    messages: [{ role: 'user', content: 'A worker' }],
  };

  constructor(private readonly model: LanguageModel) {}

  async *forward(request: ChatRequest, call: StreamCall<StreamEvent<ChatChunk>>) {
    const { messages, stream, stream_options, max_tokens = DEFAULT_TOKENS, seed = 1 } = request;
    const prompt = messages.at(-1)?.content ?? '';
    const answer = new Answer(call.id, this.model.name);
    const tokens = this.model.complete(prompt, max_tokens, seed);
    const words: string[] = [];
    let finishReason: FinishReason = 'stop';
    if (stream) yield { data: answer.chunk({ role: 'assistant', content: '' }) };
    for (let step = tokens.next(); ; step = tokens.next()) {
      if (step.done) {
        finishReason = step.value;
        break;
      }
      if (stream) yield { data: answer.chunk({ content: words.length === 0 ? step.value : ` ${step.value}` }) };
      words.push(step.value);
    }
    const usage = usageOf(messages.map(({ content }) => content).join(' '), words);
    if (!stream) return answer.whole(words.join(' '), finishReason, usage);
    yield { data: answer.chunk({}, finishReason) };
    if (stream_options?.include_usage) yield { data: answer.usage(usage) };
    return undefined;
  }
}

function usageOf(prompt: string, words: readonly string[]) {
  const promptTokens = wordsOf(prompt).length;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: words.length,
    total_tokens: promptTokens + words.length,
  };
}
