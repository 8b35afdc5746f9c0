import { HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MosecRoute } from '../http/mosec-route.decorator.js';
import { errorBody } from './error-body.js';
import { ApiFailures } from './open-api-failures.js';
import { EMBEDDING_ANSWER, embeddingBody } from './open-api-embeddings.js';
import { OpenAiService } from './open-ai.service.js';
import { OpenAiController, type RouteParts } from './route-parts.js';

/** The controller of `/embeddings` for these models. */
export function embeddingsController(parts: RouteParts, models: readonly string[]): Type {
  @OpenAiController(parts)
  class EmbeddingsController {
    constructor(private readonly service: OpenAiService) {}

    @Post('embeddings')
    @HttpCode(200)
    @MosecRoute({ raw: true, refusalBody: errorBody })
    @ApiOperation({ summary: 'Embeddings of texts' })
    @ApiBody({ schema: embeddingBody(models) })
    @ApiOkResponse({ description: 'One embedding for each input', schema: EMBEDDING_ANSWER })
    @ApiFailures(parts)
    embeddings(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
      return this.service.embeddings(request, reply);
    }
  }
  return EmbeddingsController;
}
