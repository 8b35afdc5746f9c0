import type { InjectionToken, Type } from '@nestjs/common';

/**
 * Stands in for a provider inside the containers of the stages, wherever in their imports it is.
 * @publicApi
 */
export type StageOverride = { readonly provide: InjectionToken } & (
  | { readonly useValue: unknown }
  | { readonly useClass: Type }
  | {
      /** Gets what `inject` names. */
      readonly useFactory: (...dependencies: never[]) => unknown;
      readonly inject?: InjectionToken[];
    }
);
