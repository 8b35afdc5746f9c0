import { Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { RouteHandler } from '../../http/route-handler.js';
import { MosecServer } from '../mosec-server.js';
import { pipelineEdges, type PipelineEdges } from '../../pipeline-edges.js';
import { ModelRepository } from '../model/model-repository.js';
import type { ServedModel } from '../model/served-model.js';
import { InferExchange } from './infer-exchange.js';

const HEADER = 'inference-header-content-length';

/** Serves infer requests: with the limits, codings and endings of a pipeline route. */
@Injectable()
export class InferHandler {
  private readonly edges = new Map<ServedModel, PipelineEdges>();

  constructor(
    private readonly repository: ModelRepository,
    private readonly server: MosecServer,
  ) {}

  handle(name: string, version: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const model = this.find(name, version, request);
    const { timeoutMs, maxRequestSizeBytes, pipelineClass } = model;
    const { hopCodecs, passHeaders } = this.edgesOf(model);
    const { engine } = this.server.registry;
    const options = this.server.edge.exchangeOptions({ timeoutMs, maxRequestSizeBytes });
    const exchange = new InferExchange(
      {
        model,
        pipeline: engine.pipeline(pipelineClass),
        store: engine.store,
        hopCodecs,
        statistics: this.repository.statisticsOf(model),
        now: options.now,
      },
      reply,
    );
    return new RouteHandler({
      ...options,
      stream: undefined,
      pipeline: () => exchange,
      negotiation: exchange.negotiation,
      errorFormat: 'json',
      takesEmptyBodies: true,
      timingHeaders: false,
      alignedAt: startOfTensors(request.headers[HEADER]),
      passHeaders: [...passHeaders, HEADER],
    }).handle(request, reply);
  }

  /** The body of a request for a model that there is not is thrown away unread. */
  private find(name: string, version: string | undefined, request: FastifyRequest): ServedModel {
    try {
      return this.repository.find(name, version);
    } catch (error) {
      const { uploads, answered } = this.server.edge.exchangeOptions();
      uploads.discard(request.body as IncomingMessage);
      answered(request.routeOptions.url ?? '', (error as NotFoundException).getStatus(), 0);
      throw error;
    }
  }

  private edgesOf(model: ServedModel): PipelineEdges {
    const edges = this.edges.get(model) ?? pipelineEdges(model.pipelineClass);
    this.edges.set(model, edges);
    return edges;
  }
}

/** Where the first binary tensor begins, if the header says so: what is no number is refused once the body is there. */
function startOfTensors(header: string | readonly string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
