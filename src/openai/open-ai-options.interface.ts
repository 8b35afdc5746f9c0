import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { RouteOptions } from '../interfaces/route-options.interface.js';

/** Options of `OpenAiModule.forFeature`. @publicApi */
export interface OpenAiOptions
  extends Pick<ModuleMetadata, 'imports' | 'providers'>, Omit<RouteOptions, 'endEvent' | 'decorators'> {
  /**
   * Where the routes are: `/v1` makes `/v1/embeddings`, an empty text `/embeddings`. Several are allowed.
   * @default '/v1'
   */
  readonly prefix?: string | readonly string[];
  /**
   * Keys of which a client must send one as `Authorization: Bearer <key>`; others get 401.
   * @default none: everybody is let in
   */
  readonly apiKeys?: readonly string[];
  /**
   * Guards of your own, after that of `apiKeys`; what they need injected is in `imports` and `providers`.
   * @default []
   */
  readonly guards?: readonly (CanActivate | Type<CanActivate>)[];
}
