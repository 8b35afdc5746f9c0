import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { EXECUTION, type Execution } from '../mosec.tokens.js';
import { ApplicationLogger } from '../logging/application-logger.js';
import type { StageOverride } from './stage-override.interface.js';

/** Options of `inlineExecution`. @publicApi */
export interface InlineExecutionOptions {
  /**
   * Providers to replace in the container of every stage that has them; `overrideProvider` of the builder itself
   * reaches only the application.
   * @default []
   */
  readonly overrides?: readonly StageOverride[];
}

/**
 * Runs every stage of the application under test in the test's own process: no worker is started, everything else
 * is as in production (own container per stage, warm-up, validation, batches, hand-over between stages, errors per
 * item). `app.init()` resolves when all stages are ready and rejects when one cannot start; `app.close()` stops them.
 *
 * @example
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const moduleRef = await inlineExecution(builder, { overrides: [{ provide: Model, useClass: FakeModel }] }).compile();
 * @returns the same builder
 * @publicApi
 */
export function inlineExecution(
  builder: TestingModuleBuilder,
  { overrides = [] }: InlineExecutionOptions = {},
): TestingModuleBuilder {
  const execution: Execution = { mode: 'inline', createContext: (module) => createContext(module, overrides) };
  return builder.overrideProvider(EXECUTION).useValue(execution);
}

async function createContext(
  module: DynamicModule,
  overrides: readonly StageOverride[],
): Promise<INestApplicationContext> {
  const builder = Test.createTestingModule({ imports: [module] }).setLogger(ApplicationLogger.current);
  for (const override of overrides) replace(builder, override);
  const moduleRef = await builder.compile();
  return moduleRef.init();
}

function replace(builder: TestingModuleBuilder, override: StageOverride): void {
  const by = builder.overrideProvider(override.provide);
  if ('useFactory' in override) by.useFactory({ factory: override.useFactory, inject: override.inject });
  else if ('useClass' in override) by.useClass(override.useClass);
  else by.useValue(override.useValue);
}
