import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';

/** Runtime control over HTTP, for operators. @publicApi */
export interface AdminOptions extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /**
   * Where it is mounted, below the global prefix of the application if there is one.
   * @default '/mosec/admin'
   */
  readonly path?: string;
  /** Who may use it: at least one guard, as for `@UseGuards`. What guards need injected goes into `imports` and `providers`. */
  readonly guards: readonly (Type<CanActivate> | CanActivate)[];
}
