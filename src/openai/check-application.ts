import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { RouteParts } from './route-parts.js';

/** Token of the `RouteParts` of a module. */
export const ROUTE_PARTS = Symbol('OPENAI_ROUTE_PARTS');

/** @throws MosecConfigurationError when the server is another one than Fastify */
export function requireFastify(host: HttpAdapterHost): void {
  const type = host.httpAdapter.getType();
  if (type === 'fastify') return;
  throw new MosecConfigurationError(
    `OpenAiModule needs a Fastify application, and this one runs on ${type}: create it with MosecFactory or a FastifyAdapter.`,
  );
}

/** @throws MosecConfigurationError when two modules would answer the same routes */
export function refuseSharedPrefix(modules: ModulesContainer): void {
  const parts = [...modules.values()].flatMap(({ providers }) => {
    const provider = providers.get(ROUTE_PARTS);
    return provider ? [provider.instance as RouteParts] : [];
  });
  const places = parts.flatMap(({ prefixes, version }) => prefixes.map((prefix) => ({ prefix, version })));
  const shared = places.find(({ prefix, version }, i) =>
    places.slice(0, i).some((other) => other.prefix === prefix && String(other.version) === String(version)),
  );
  if (!shared) return;
  throw new MosecConfigurationError(
    `OpenAiModule.forFeature() is called twice with the prefix "/${shared.prefix}": ` +
      'list all models of a prefix in one call, or give one of them another "prefix".',
  );
}
