import { Controller, SetMetadata, UseGuards, type DynamicModule, type Type } from '@nestjs/common';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { AdminController } from './admin.controller.js';
import type { AdminOptions } from './admin-options.interface.js';

const DEFAULT_PATH = '/mosec/admin';
/** `ApiExcludeController` of `@nestjs/swagger`, without loading that. The document is for the clients of the service. */
const API_EXCLUDE_CONTROLLER = 'swagger/apiExcludeController';
const ADMIN_CHECK = Symbol('MOSEC_ADMIN_CHECK');

/** Adds runtime control over HTTP to a module, if it is asked for. */
export function withAdmin(module: DynamicModule, { admin }: { admin?: AdminOptions | undefined }): DynamicModule {
  if (admin === undefined) return module;
  const problem = problemOf(admin);
  if (problem !== undefined) return { ...module, providers: [...(module.providers ?? []), refusal(problem)] };
  return {
    ...module,
    imports: [...(module.imports ?? []), ...(admin.imports ?? [])],
    providers: [...(module.providers ?? []), ...(admin.providers ?? [])],
    controllers: [...(module.controllers ?? []), adminController(admin)],
  };
}

/** A class of its own for each application, as metadata belong to classes. */
function adminController({ path = DEFAULT_PATH, guards }: AdminOptions): Type {
  class MosecAdminController extends AdminController {}
  SetMetadata(API_EXCLUDE_CONTROLLER, [true])(MosecAdminController);
  UseGuards(...guards)(MosecAdminController);
  Controller(path)(MosecAdminController);
  return MosecAdminController;
}

function problemOf({ path, guards }: Partial<AdminOptions>): string | undefined {
  if (path !== undefined && (typeof path !== 'string' || !/^\/?[^/\s]/.test(path))) {
    return `forRoot({ admin }) has the path "${String(path)}": give one such as "${DEFAULT_PATH}".`;
  }
  if (!Array.isArray(guards) || guards.length === 0) {
    return (
      'forRoot({ admin }) has no guards, so that whoever reaches the port could stop the stages: ' +
      'give at least one, e.g. guards: [AdminGuard].'
    );
  }
  const bad = guards.findIndex((guard: unknown) => !isGuard(guard));
  if (bad < 0) return undefined;
  return `forRoot({ admin }) has no canActivate in guard ${bad + 1}: give a guard class or an instance of one.`;
}

function isGuard(guard: unknown): boolean {
  const holder: unknown = typeof guard === 'function' ? guard.prototype : guard;
  return typeof (holder as { canActivate?: unknown } | null | undefined)?.canActivate === 'function';
}

/** When the container is built, where it is told as any misuse is. */
function refusal(problem: string) {
  return {
    provide: ADMIN_CHECK,
    useFactory: () => {
      throw new MosecConfigurationError(problem);
    },
  };
}
