import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Lets requests pass whose `Authorization: Bearer <key>` has one of these keys; others get 401. The time that it takes tells
 * nothing about the keys.
 *
 * @example
 * @UseGuards(new BearerKeyGuard(['sk-1', 'sk-2']))
 * @publicApi
 */
export class BearerKeyGuard implements CanActivate {
  private readonly digests: readonly Buffer[];

  /** @throws MosecConfigurationError when there is no key, or an empty one */
  constructor(keys: readonly string[]) {
    if (keys.length === 0 || keys.some((key) => !/^\S+$/.test(key))) {
      throw new MosecConfigurationError(
        'The "apiKeys" of BearerKeyGuard are empty or hold a key that is empty or has spaces: ' +
          'list the keys, or leave "apiKeys" out to let everybody in.',
      );
    }
    this.digests = keys.map(digest);
  }

  canActivate(context: ExecutionContext): true {
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const [, key] = BEARER.exec(authorization ?? '') ?? [];
    if (key === undefined) throw new UnauthorizedException('Send your API key as "Authorization: Bearer <key>".');
    if (!this.knows(digest(key))) throw new UnauthorizedException('Incorrect API key provided.');
    return true;
  }

  /** Digests have one length, and all are looked at. */
  private knows(given: Buffer): boolean {
    return this.digests.reduce((found, known) => timingSafeEqual(known, given) || found, false);
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
