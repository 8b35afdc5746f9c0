import { Global, Module, type NestModule } from '@nestjs/common';
import type { MosecModuleOptions } from './config/mosec-module-options.interface.js';
import type { Flags } from './config/flags.js';
import { resolveOptions } from './config/resolve-options.js';
import { MosecControl } from './control/mosec-control.js';
import { MosecHealthIndicator } from './health/mosec-health-indicator.js';
import { MosecReadiness } from './health/mosec-readiness.js';
import { HttpEdge } from './mosec.http-edge.js';
import { MosecLifecycle } from './mosec.lifecycle.js';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './mosec.module-definition.js';
import { MosecMetrics } from './mosec-metrics.js';
import { MosecRegistry } from './mosec.registry.js';
import { COMMAND_LINE, EXECUTION, RESOLVED_OPTIONS } from './mosec.tokens.js';

/** The one place where options, engine and lifecycle of an application meet; `MosecModule.forRoot` imports it. */
@Global()
@Module({
  providers: [
    {
      provide: RESOLVED_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN, { token: COMMAND_LINE, optional: true }],
      useFactory: (options: MosecModuleOptions, flags?: Flags) => resolveOptions({ flags, env: process.env, options }),
    },
    { provide: EXECUTION, useValue: {} },
    MosecRegistry,
    HttpEdge,
    MosecControl,
    MosecReadiness,
    MosecHealthIndicator,
    MosecLifecycle,
    MosecMetrics,
  ],
  exports: [RESOLVED_OPTIONS, MosecRegistry, HttpEdge, MosecControl, MosecHealthIndicator, MosecMetrics],
})
export class MosecCoreModule extends ConfigurableModuleClass implements NestModule {
  constructor(private readonly edge: HttpEdge) {
    super();
  }

  /** Called after the container is built and before routes are registered. */
  configure(): void {
    this.edge.prepare();
  }
}
