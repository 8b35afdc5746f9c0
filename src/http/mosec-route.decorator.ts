import { SetMetadata } from '@nestjs/common';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { MosecRouteConfig } from './raw-body.js';

/** `RouteConfig` of the platform, without loading the platform in workers. */
export function MosecRoute(config: MosecRouteConfig['mosec']): MethodDecorator {
  return SetMetadata(FASTIFY_ROUTE_CONFIG_METADATA, { mosec: config });
}
