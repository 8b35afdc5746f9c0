import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { RouteOptions } from '../interfaces/route-options.interface.js';
import { checkRouteCodecs } from './check-route-codecs.js';
import { checkInteger, LONGEST_TIMER_MS } from './check-integer.js';
import { getPipelineStream } from './pipeline-stream.js';
import type { PipelineClass } from './pipeline-types.js';
import { getRoutes, type RouteDefinition } from './route.decorator.js';

type AnyClass = abstract new (...args: never[]) => unknown;

export function checkRoutes(pipelineClasses: readonly AnyClass[], reservedPaths: readonly string[]): void {
  const owners = new Map<string, AnyClass>();
  for (const pipelineClass of pipelineClasses) {
    const routes = getRoutes(pipelineClass);
    if (!routes) continue;
    checkRouteOptions(pipelineClass.name, routes);
    checkStreamOptions(pipelineClass, routes.options);
    checkRouteCodecs(pipelineClass as PipelineClass, routes.options);
    for (const path of routes.paths) {
      checkPath(pipelineClass.name, path, reservedPaths);
      claim(owners, pipelineClass, path, routes);
    }
  }
}

function checkRouteOptions(pipeline: string, { paths, options }: RouteDefinition): void {
  const owner = `The route of pipeline "${pipeline}"`;
  if (paths.length === 0) {
    throw new MosecConfigurationError(`${owner} has no path: name at least one in @Route, or remove @Route.`);
  }
  checkInteger(owner, 'timeoutMs', options.timeoutMs, 1, LONGEST_TIMER_MS);
  checkInteger(owner, 'maxRequestSizeBytes', options.maxRequestSizeBytes, 1);
}

const STREAM_DURATIONS = ['streamTimeoutMs', 'streamIdleTimeoutMs', 'keepAliveMs', 'slowClientTimeoutMs'] as const;

function checkStreamOptions(pipelineClass: AnyClass, options: RouteOptions): void {
  const owner = `The route of pipeline "${pipelineClass.name}"`;
  for (const option of STREAM_DURATIONS) checkInteger(owner, option, options[option], 0, LONGEST_TIMER_MS);
  const { endEvent } = options;
  if (endEvent !== undefined && typeof endEvent !== 'string') {
    throw new MosecConfigurationError(`${owner} has endEvent "${String(endEvent)}": give a string.`);
  }
  const given = ['endEvent' as const, ...STREAM_DURATIONS].find((option) => options[option] !== undefined);
  if (given === undefined || getPipelineStream(pipelineClass)) return;
  throw new MosecConfigurationError(
    `${owner} has ${given}, and its last stage does not stream: remove it, or decorate the stage with @SseStage.`,
  );
}

function checkPath(pipeline: string, path: string, reservedPaths: readonly string[]): void {
  if (!path.startsWith('/')) {
    throw new MosecConfigurationError(
      `Route "${path}" of pipeline "${pipeline}" does not start with "/": write "/${path}".`,
    );
  }
  const reserved = reservedPaths.find((taken) => isAtOrBelow(canonical(path), canonical(taken)));
  if (reserved !== undefined) {
    throw new MosecConfigurationError(
      `Route "${path}" of pipeline "${pipeline}" is reserved for the server's own "${reserved}": choose another path.`,
    );
  }
}

function isAtOrBelow(path: string, taken: string): boolean {
  return path === taken || (taken !== '' && path.startsWith(`${taken}/`));
}

/** One spelling for paths that the router cannot tell apart. */
function canonical(path: string): string {
  return path.replace(/\/+$/, '').replace(/:[^/]+/g, ':');
}

function claim(owners: Map<string, AnyClass>, claimant: AnyClass, path: string, { options }: RouteDefinition): void {
  for (const version of [options.version].flat()) {
    const key = `${String(version)} ${canonical(path)}`;
    const owner = owners.get(key);
    if (owner === claimant) {
      throw new MosecConfigurationError(`Pipeline "${claimant.name}" lists route "${path}" twice: remove one of them.`);
    }
    if (owner) {
      throw new MosecConfigurationError(
        `Route "${path}" belongs to pipelines "${owner.name}" and "${claimant.name}": give one of them another path.`,
      );
    }
    owners.set(key, claimant);
  }
}
