import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HOP_FORMAT, MosecError, ServerError, type CallContext, type HopCodec, type Outcome } from '#libs/contracts';
import { bytes, decodeHop } from '#libs/codec';
import type { Pipeline, PipelineRequest } from '#libs/pipeline';
import type { RequestTaker, RouteHandlerOptions } from '../../http/route-handler-options.js';
import { inferAnswer } from '../answer/infer-answer.js';
import { ItemRuns, type ItemRunsOptions } from '../items/item-runs.js';
import { joinItems } from '../items/join-items.js';
import { splitItems } from '../items/split-items.js';
import type { ServedModel } from '../model/served-model.js';
import { readInferRequest } from '../request/read-request.js';
import type { InferRequest } from '../request/infer-request.js';
import type { ModelStatistics } from '../statistics/model-statistics.js';
import { contextWith, deadlineOf } from './infer-parameters.js';

export interface InferExchangeOptions {
  readonly model: ServedModel;
  readonly pipeline: Pipeline;
  readonly store: ItemRunsOptions['store'];
  /** Codecs beside the built-in ones in which the last stage may hand over. */
  readonly hopCodecs: readonly HopCodec[];
  readonly statistics: ModelStatistics;
  /** Epoch milliseconds, the clock of the deadlines. */
  readonly now: () => number;
}

const BINARY = 'application/octet-stream';
const HEADER = 'inference-header-content-length';

/**
 * One infer request. To its route it is the pipeline: it makes items of the body, has each go through the real one, and
 * makes one answer of theirs.
 */
export class InferExchange implements RequestTaker {
  private readonly codec = { ...bytes, mediaType: 'application/json' };

  constructor(
    private readonly options: InferExchangeOptions,
    private readonly reply: FastifyReply,
  ) {}

  /** What the answer is in turns out when it is there. */
  get negotiation(): RouteHandlerOptions['negotiation'] {
    return { varies: false, inputFormat: () => 0, answer: () => ({ codec: this.codec, format: HOP_FORMAT }) };
  }

  submit({ payload, context, deadline }: PipelineRequest, answer: (outcome: Outcome) => void) {
    const { model, pipeline, store, statistics, now } = this.options;
    const startedAt = now();
    const header = (JSON.parse(context) as CallContext).headers?.[HEADER];
    const request = this.attempt(() => readInferRequest(model, payload as Buffer, header));
    const items = this.attempt(() => splitItems(model, request.inputs));
    const runs: ItemRuns = new ItemRuns({
      pipeline,
      store,
      context: contextWith(context, request.parameters),
      deadline: deadlineOf(request.parameters, startedAt, deadline),
      done: (error, outcomes) => {
        const outcome = error ? { error } : this.outcome(request, outcomes);
        runs.release();
        statistics.answered(now() - startedAt, outcome.error ? 0 : items.length);
        answer(outcome);
      },
    });
    runs.start(items);
    return { abandon: (error: MosecError) => runs.abandon(error), consumed: () => undefined };
  }

  private outcome(request: InferRequest, outcomes: readonly { readonly payload: Uint8Array }[]): Outcome {
    const { model, hopCodecs } = this.options;
    try {
      const items = outcomes.map(({ payload }) => decodeHop(payload, hopCodecs));
      const { bytes: payload, jsonBytes } = inferAnswer(model, request.id, joinItems(model, request.outputs, items));
      if (jsonBytes !== undefined) {
        this.codec.mediaType = BINARY;
        void this.reply.header(HEADER, jsonBytes);
      }
      return { payload };
    } catch (error) {
      return { error: this.toMosecError(error) };
    }
  }

  private attempt<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.toMosecError(error);
    }
  }

  /** What no engine has logged is logged here. */
  private toMosecError(error: unknown): MosecError {
    const known = error instanceof MosecError ? error : new ServerError('inference internal error', { cause: error });
    if (known.statusCode >= 500) {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      new Logger('OpenInference').error(known === error ? known.message : cause);
    }
    return known;
  }
}
