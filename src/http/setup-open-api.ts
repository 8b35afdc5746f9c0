import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export function setupOpenApi(_app: NestFastifyApplication): void {}
