import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension, ApiOperation, type ApiOperationOptions } from '@nestjs/swagger';
import { COMPONENTS_EXTENSION } from '../../http/open-api-extension.js';
import type { MosecRouteConfig } from '../../http/raw-body.js';

/** A call of the protocol. Its paths are documented as those of a pipeline are: each with its own id and parameters. */
export function Operation(config: MosecRouteConfig, options: ApiOperationOptions): MethodDecorator {
  return applyDecorators(RouteConfig(config), ApiOperation(options), ApiExtension(COMPONENTS_EXTENSION, {}));
}
