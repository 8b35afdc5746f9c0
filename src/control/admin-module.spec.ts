import { Injectable, type CanActivate, type FactoryProvider, type Provider } from '@nestjs/common';
import { GUARDS_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { withAdmin } from './admin-module.js';
import type { AdminOptions } from './admin-options.interface.js';

@Injectable()
class AdminGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

class Home {}
const home = { module: Home, providers: [Home] };

function problemOf(admin: Partial<AdminOptions>): string | undefined {
  const { providers = [], controllers } = withAdmin(home, { admin: admin as AdminOptions });
  const [refusal] = providers.filter((provider: Provider) => provider !== Home) as FactoryProvider[];
  if (!refusal) return undefined;
  expect(controllers).toBeUndefined();
  try {
    refusal.useFactory();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

describe('when runtime control over HTTP is not asked for', () => {
  it('should add nothing', () => {
    expect(withAdmin(home, {})).toBe(home);
  });
});

describe('when it is asked for', () => {
  it('should have a controller of its own for each application, with path and guards', () => {
    const options = { admin: { path: '/operators', guards: [AdminGuard], providers: [AdminGuard] } };
    const [one, other] = [withAdmin(home, options), withAdmin(home, options)];
    const [controller] = one.controllers ?? [];
    expect(Reflect.getMetadata(PATH_METADATA, controller!)).toBe('/operators');
    expect(Reflect.getMetadata(GUARDS_METADATA, controller!)).toEqual([AdminGuard]);
    expect(one.providers).toEqual([Home, AdminGuard]);
    expect(other.controllers?.[0]).not.toBe(controller);
  });

  it.each([
    [{}, 'forRoot({ admin }) has no guards, so that whoever reaches the port could stop the stages'],
    [{ guards: [] }, 'give at least one, e.g. guards: [AdminGuard]'],
    [{ guards: [undefined] as never }, 'has no canActivate in guard 1: give a guard class or an instance of one'],
    [{ guards: [AdminGuard, Home] as never }, 'has no canActivate in guard 2'],
    [{ guards: [AdminGuard], path: '' }, 'has the path "": give one such as "/mosec/admin"'],
    [{ guards: [AdminGuard], path: '/' }, 'has the path "/"'],
  ])('should be refused with the cure: %j', (admin, text) => {
    expect(problemOf(admin)).toContain(text);
  });

  it('should take guards as classes and as instances', () => {
    expect(problemOf({ guards: [AdminGuard] })).toBeUndefined();
    expect(problemOf({ guards: [new AdminGuard()] })).toBeUndefined();
  });
});
