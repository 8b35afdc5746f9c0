import { Get, Param, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { MosecRoute } from '../http/mosec-route.decorator.js';
import { errorBody } from './error-body.js';
import { ApiFailures } from './open-api-failures.js';
import { MODEL, MODEL_LIST } from './open-api-models.js';
import { OpenAiService } from './open-ai.service.js';
import { OpenAiController, type RouteParts } from './route-parts.js';
import type { ModelObject } from './served-models.js';

/** The controller of `/models`. */
export function modelsController(parts: RouteParts): Type {
  @OpenAiController(parts)
  class ModelsController {
    constructor(private readonly service: OpenAiService) {}

    @Get('models')
    @MosecRoute({ refusalBody: errorBody })
    @ApiOperation({ summary: 'The models of this server' })
    @ApiOkResponse({ description: 'All of them', schema: MODEL_LIST })
    @ApiFailures(parts, [503])
    list(): { object: 'list'; data: ModelObject[] } {
      return { object: 'list', data: this.service.models.list() };
    }

    @Get('models/:model')
    @MosecRoute({ refusalBody: errorBody })
    @ApiOperation({ summary: 'One model' })
    @ApiOkResponse({ description: 'The model', schema: MODEL })
    @ApiFailures(parts, [404, 503])
    model(@Param('model') id: string): ModelObject {
      return this.service.models.find(id);
    }
  }
  return ModelsController;
}
