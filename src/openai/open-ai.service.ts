import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { json } from '#libs/codec';
import { MosecError, type Streamed } from '#libs/contracts';
import { Exchange } from '../http/exchange.js';
import type { ExchangeOptions } from '../http/exchange-options.js';
import type { StreamRunOptions } from '../decorators/typed-pipeline-client.js';
import { BrokenPipelineError } from './broken-pipeline.error.js';
import { ChatAnswer, NO_END } from './chat-answer.js';
import { readChatPart, type ChatPart } from './chat-part.js';
import { requireChatRequest, wantsUsage } from './chat-request.js';
import { embeddingList } from './embedding-answer.js';
import { readEmbeddingRequest } from './embedding-request.js';
import { errorBody, toldError } from './error-body.js';
import { parseJsonObject } from './json-object.js';
import { runAll } from './run-all.js';
import type { ServedModels } from './served-models.js';

/** Most inputs of one request that are under way at a time: enough for full batches, and few beside others' requests. */
const MOST_AT_A_TIME = 256;

/** Answers the protocol's requests by calls of pipelines. */
export class OpenAiService {
  private readonly logger = new Logger('OpenAi');
  private readonly width: number;

  constructor(
    readonly models: ServedModels,
    private readonly options: () => ExchangeOptions,
    /** Most items that may wait at a stage: more at once would refuse themselves. */
    capacity: number,
  ) {
    this.width = Math.min(MOST_AT_A_TIME, capacity);
  }

  embeddings(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    return this.serve(request, reply, async (exchange) => {
      const body = parseJsonObject(await exchange.body());
      const client = this.models.embedding(body.model);
      const asked = readEmbeddingRequest(body);
      const { id } = exchange;
      const results = await runAll(asked.inputs, this.width, exchange.signal, (input, signal) =>
        client.run(input, { signal, id, timeoutMs: exchange.remainingMs }),
      );
      const list = embeddingList(body.model as string, results, asked);
      exchange.encodeWith(json);
      return list;
    });
  }

  chat(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    return this.serve(request, reply, async (exchange, options) => {
      const asked = requireChatRequest(parseJsonObject(await exchange.body()));
      const client = this.models.chatting(asked.model);
      const created = Math.floor(Date.now() / 1000);
      const answer = new ChatAnswer(exchange.id, asked.model, created, wantsUsage(asked));
      const parts = (limits: StreamRunOptions): AsyncIterable<ChatPart> =>
        partsOf(client.stream(asked, limits), asked.model);
      const { signal, id, remainingMs: timeoutMs } = exchange;
      const streamTimeoutMs = options.stream?.timeoutMs ?? Infinity;
      const limits = { signal, id, timeoutMs, streamIdleTimeoutMs: options.stream?.idleTimeoutMs ?? Infinity };
      if (asked.stream) {
        return this.streamChat(parts({ ...limits, streamTimeoutMs }), answer, exchange);
      }
      const whole = await answer.whole(parts({ ...limits, streamTimeoutMs: Math.min(timeoutMs, streamTimeoutMs) }));
      exchange.encodeWith(json);
      return whole;
    });
  }

  private async streamChat(parts: AsyncIterable<ChatPart>, answer: ChatAnswer, exchange: Exchange): Promise<void> {
    const events = exchange.eventAnswer((error) => ({ data: errorBody(error) }));
    let hasEnd = false;
    try {
      for await (const part of parts) {
        const first = events.isOpen ? [] : [answer.first()];
        hasEnd ||= part.end !== undefined;
        const chunks = part.end ? answer.last(part.end) : [answer.more(part.delta)];
        await events.send(...[...first, ...chunks].map((data) => ({ data })));
      }
      if (!hasEnd) throw new BrokenPipelineError(answer.model, NO_END);
      events.end();
    } catch (error) {
      // Until the first event the error has a status of its own.
      if (!events.isOpen) throw error;
      events.end(this.told(error, exchange));
    }
  }

  private async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (exchange: Exchange, options: ExchangeOptions) => Promise<unknown>,
  ): Promise<unknown> {
    const options = this.options();
    const exchange = new Exchange(options, request, reply);
    try {
      return await answer(exchange, options);
    } catch (error) {
      throw exchange.failed(this.told(error, exchange));
    }
  }

  /** What pipelines fail with is logged where that happens. */
  private told(error: unknown, { id }: Exchange): MosecError {
    if (error instanceof BrokenPipelineError) this.logger.error(`${String(error.cause)} (request ${id})`);
    else if (!(error instanceof MosecError)) this.logger.error(`request ${id} failed`, (error as Error).stack);
    return toldError(error) as MosecError;
  }
}

async function* partsOf(events: AsyncIterable<Streamed>, model: string): AsyncGenerator<ChatPart> {
  for await (const event of events) yield readChatPart(event, model);
}
