import { applyDecorators, Controller, UseFilters, UseGuards, type CanActivate, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { RouteOptions } from '../interfaces/route-options.interface.js';
import { OpenAiErrorFilter } from './open-ai-error.filter.js';

/** What the controllers of one module have in common. */
export interface RouteParts {
  readonly prefixes: readonly string[];
  readonly version?: RouteOptions['version'];
  readonly guards: readonly (CanActivate | Type<CanActivate>)[];
  readonly hasKeys: boolean;
}

/** Makes a class a controller of the protocol. */
export function OpenAiController({ prefixes, version, guards, hasKeys }: RouteParts): ClassDecorator {
  return applyDecorators(
    Controller({ path: [...prefixes], ...(version !== undefined && { version }) }),
    UseGuards(...guards),
    UseFilters(new OpenAiErrorFilter()),
    ApiTags('OpenAI'),
    ...(hasKeys ? [ApiBearerAuth()] : []),
  );
}
