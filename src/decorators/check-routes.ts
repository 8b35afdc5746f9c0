import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkInteger, LONGEST_TIMER_MS } from './check-integer.js';
import { getRoutes, type RouteDefinition } from './route.decorator.js';

type AnyClass = abstract new (...args: never[]) => unknown;

export function checkRoutes(pipelineClasses: readonly AnyClass[], reservedPaths: readonly string[]): void {
  const owners = new Map<string, AnyClass>();
  for (const pipelineClass of pipelineClasses) {
    const routes = getRoutes(pipelineClass);
    if (!routes) continue;
    checkRouteOptions(pipelineClass.name, routes);
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
