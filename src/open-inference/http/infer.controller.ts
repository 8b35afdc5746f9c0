import { Controller, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InferHandler } from './infer-handler.js';
import { Operation } from './operation.js';
import { OpenInferenceFilter } from './open-inference.filter.js';
import { ApiErrors, INFER_REQUEST, INFER_RESPONSE } from './open-api-schemas.js';
import { RAW } from './route-configs.js';

/** Inference: the calls that do work. */
@Controller('v2/models')
@UseFilters(OpenInferenceFilter)
@ApiTags('Open Inference')
export class InferController {
  constructor(private readonly handler: InferHandler) {}

  @Post([':model/infer', ':model/versions/:version/infer'])
  @HttpCode(200)
  @Operation(RAW, {
    summary: 'Infer',
    operationId: 'v2ModelInfer',
    description:
      'The body is JSON, or JSON with binary tensors behind it: then Inference-Header-Content-Length tells the bytes ' +
      'of the JSON, in the request and in the answer.',
  })
  @ApiConsumes('application/json', 'application/octet-stream')
  @ApiProduces('application/json', 'application/octet-stream')
  @ApiHeader({ name: 'Inference-Header-Content-Length', required: false, schema: { type: 'integer', minimum: 0 } })
  @ApiHeader({
    name: 'X-Request-Timeout',
    required: false,
    description: 'Milliseconds that the request may take; can only shorten the limit of the model',
    schema: { type: 'number', minimum: 0 },
  })
  @ApiBody({ schema: INFER_REQUEST })
  @ApiResponse({ status: 200, description: 'The outputs', schema: INFER_RESPONSE })
  @ApiErrors()
  infer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('model') name: string,
    @Param('version') version?: string,
  ): Promise<unknown> {
    return this.handler.handle(name, version, request, reply);
  }
}
