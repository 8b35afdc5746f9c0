import { Controller, Get, Res, UseFilters } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { packageVersion } from '../../config/package-version.js';
import { MosecServer } from '../mosec-server.js';
import { Operation } from './operation.js';
import { OpenInferenceFilter } from './open-inference.filter.js';
import { LIVE, READY, SERVER_METADATA } from './open-api-schemas.js';
import { PLAIN, STATE } from './route-configs.js';

/** The extensions of the protocol that are served here. */
const EXTENSIONS = ['binary_tensor_data', 'parameters', 'statistics', 'model_repository'];

/** What the protocol tells of the server. */
@Controller('v2')
@UseFilters(OpenInferenceFilter)
@ApiTags('Open Inference')
export class ServerController {
  constructor(private readonly server: MosecServer) {}

  @Get()
  @Operation(PLAIN, { summary: 'Server metadata', operationId: 'v2ServerMetadata' })
  @ApiResponse({ status: 200, description: 'Name, version, extensions', schema: SERVER_METADATA })
  metadata(): object {
    return { name: 'nestjs-mosec', version: packageVersion(), extensions: EXTENSIONS };
  }

  @Get('health/live')
  @Operation(STATE, { summary: 'Whether the server runs', operationId: 'v2ServerLive' })
  @ApiResponse({ status: 200, description: 'It does', schema: LIVE })
  live(): object {
    return { live: true };
  }

  @Get('health/ready')
  @Operation(STATE, { summary: 'Whether all models can take requests', operationId: 'v2ServerReady' })
  @ApiResponse({ status: 200, description: 'They can', schema: READY })
  @ApiResponse({ status: 503, description: 'The server is loading, degraded or shutting down', schema: READY })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const ready = (await this.server.edge.readiness.unreadyReason()) === undefined;
    void reply.code(ready ? 200 : 503);
    return { ready };
  }
}
