import { Controller, HttpCode, NotImplementedException, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientError, HOP_FORMAT, type Outcome } from '#libs/contracts';
import { json } from '#libs/codec';
import { RouteHandler } from '../../http/route-handler.js';
import { MosecServer } from '../mosec-server.js';
import { ModelRepository } from '../model/model-repository.js';
import { isObject } from '../request/checks.js';
import { Operation } from './operation.js';
import { OpenInferenceFilter } from './open-inference.filter.js';
import { ERROR, INDEX_REQUEST, REPOSITORY_INDEX } from './open-api-schemas.js';
import { RAW } from './route-configs.js';

/** The repository extension, as far as it goes where the models are those of the program. */
@Controller('v2/repository')
@UseFilters(OpenInferenceFilter)
@ApiTags('Open Inference')
export class RepositoryController {
  constructor(
    private readonly repository: ModelRepository,
    private readonly server: MosecServer,
  ) {}

  @Post('index')
  @HttpCode(200)
  @Operation(RAW, { summary: 'Models and their states', operationId: 'v2RepositoryIndex' })
  @ApiBody({ schema: INDEX_REQUEST, required: false })
  @ApiResponse({ status: 200, description: 'One entry per model', schema: REPOSITORY_INDEX })
  @ApiResponse({ status: 400, description: 'The body is no JSON object', schema: ERROR })
  index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    // Clients send no Content-Type, with and without a body.
    return new RouteHandler({
      ...this.server.edge.exchangeOptions(),
      stream: undefined,
      pipeline: () => ({
        submit: ({ payload }, answer) => void answer(this.answer(payload)),
      }),
      negotiation: { varies: false, inputFormat: () => 0, answer: () => ({ codec: json, format: HOP_FORMAT }) },
      errorFormat: 'json',
      takesEmptyBodies: true,
      timingHeaders: false,
      passHeaders: [],
    }).handle(request, reply);
  }

  @Post(['models/:model/load', 'models/:model/unload'])
  @Operation(RAW, { summary: 'Not supported: models come and go with the program', operationId: 'v2RepositoryControl' })
  @ApiResponse({ status: 501, description: 'Not supported', schema: ERROR })
  control(): never {
    throw new NotImplementedException('models are loaded with the program, and cannot be loaded or unloaded');
  }

  private answer(body: Uint8Array): Outcome {
    let request: unknown = {};
    try {
      if (body.length > 0) request = JSON.parse(Buffer.from(body).toString());
    } catch {
      request = undefined;
    }
    if (!isObject(request)) return { error: new ClientError('the request is no JSON object') };
    const entries = this.repository.models
      .map((model) => ({ model, ready: this.server.registry.engine.isReady(model.pipelineClass) }))
      .filter(({ ready }) => ready || (request as { ready?: unknown }).ready !== true)
      .map(({ model: { name, version }, ready }) => ({
        name,
        version,
        state: ready ? 'READY' : 'UNAVAILABLE',
        reason: ready ? '' : 'no replica is ready',
      }));
    return { payload: Buffer.from(JSON.stringify(entries)) };
  }
}
