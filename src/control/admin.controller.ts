import { Body, Get, HttpCode, Inject, Param, Post, UseFilters } from '@nestjs/common';
import { ClientError } from '#libs/contracts';
import { adminBody } from './admin-body.js';
import { AdminErrorFilter } from './admin-error.filter.js';
import { MosecControl } from './mosec-control.js';
import type { PoolDescription } from './pool-description.interface.js';

/** Runtime control over HTTP. Has no path and no guards of its own: see `adminController`. */
@UseFilters(AdminErrorFilter)
export class AdminController {
  constructor(@Inject(MosecControl) private readonly control: MosecControl) {}

  @Get('pools')
  pools(): { pools: PoolDescription[] } {
    return { pools: this.control.pools() };
  }

  @Get('pools/:stage')
  pool(@Param('stage') stage: string): PoolDescription {
    return this.control.pool(stage);
  }

  @Post('pools/:stage/scale')
  @HttpCode(200)
  scale(@Param('stage') stage: string, @Body() body: unknown): Promise<PoolDescription> {
    const { replicas } = adminBody(body, 'replicas');
    if (typeof replicas !== 'number') throw new ClientError('"replicas" is no number: send { "replicas": 2 }');
    return this.control.scale(stage, replicas);
  }

  @Post('pools/:stage/restart')
  @HttpCode(200)
  restart(@Param('stage') stage: string, @Body() body: unknown): Promise<PoolDescription> {
    return this.control.restart(stage, adminBody(body, 'surge') as { surge?: 0 | 1 });
  }

  @Post('pools/:stage/pause')
  @HttpCode(200)
  pause(@Param('stage') stage: string, @Body() body: unknown): PoolDescription {
    adminBody(body);
    return this.control.pause(stage);
  }

  @Post('pools/:stage/resume')
  @HttpCode(200)
  resume(@Param('stage') stage: string, @Body() body: unknown): PoolDescription {
    adminBody(body);
    return this.control.resume(stage);
  }
}
