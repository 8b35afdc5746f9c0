import { Logger, type DynamicModule, type LoggerService, type NestApplicationOptions, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigurationValueError } from './config/configuration-value.error.js';
import type { Flags } from './config/flags.js';
import { helpText } from './config/help-text.js';
import { packageVersion } from './config/package-version.js';
import { parseFlags } from './config/parse-flags.js';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { resolveOptions } from './config/resolve-options.js';
import { fastifyOptions, type FastifyOptions } from './http/fastify-options.js';
import type { OpenApiOptions } from './http/open-api-options.interface.js';
import { setupOpenApi } from './http/setup-open-api.js';
import { defaultLogger } from './logging/default-logger.js';
import { nestLevels } from './logging/nest-levels.js';
import { onVerbositySignal } from './logging/verbosity-signal.js';
import { dryRun } from './mosec.dry-run.js';
import { listen } from './mosec.listen.js';
import type { MosecEngine } from './mosec.engine.js';
import { MosecRegistry } from './mosec.registry.js';
import { stopOnSignals } from './mosec.signals.js';
import { COMMAND_LINE, RESOLVED_OPTIONS } from './mosec.tokens.js';

/** Options of the Nest application, e.g. a `logger` of your own. @publicApi */
export interface MosecFactoryOptions extends Omit<NestApplicationOptions, 'httpsOptions'> {
  /**
   * Options of the Fastify server, e.g. `trustProxy`. With `https: { key, cert }` it speaks TLS, and clients choose
   * between HTTP/2 and HTTP/1.1 (ALPN); with `http2: false` besides, it speaks HTTP/1.1 alone.
   * @default none: HTTP/1.1, and HTTP/2 with clients that begin with it (prior knowledge)
   */
  readonly fastify?: FastifyOptions;
  /**
   * What the OpenAPI document says about the application.
   * @default title, description and version from the application's package.json
   */
  readonly openApi?: OpenApiOptions;
  /**
   * Provider of the application that is to be its logger, e.g. the `Logger` of `nestjs-pino`. What is logged before it
   * exists is kept for it.
   * @default none: `logger`, or one that writes as `logFormat` says
   */
  readonly useLogger?: Type<LoggerService>;
}

/**
 * The conveniences of a server around a Nest application on Fastify: flags and `MOSEC_*` variables, Swagger UI,
 * signals, dry run, exit codes.
 * @publicApi
 */
export class MosecFactory {
  /**
   * Creates the application without listening.
   * @throws ConfigurationValueError on a bad flag, variable or option
   * @throws MosecConfigurationError on misuse of decorators or modules
   */
  static async create(
    rootModule: Type | DynamicModule,
    options: MosecFactoryOptions = {},
  ): Promise<NestFastifyApplication> {
    return createApplication(rootModule, parseFlags(process.argv.slice(2)), options);
  }

  /**
   * Creates the application and serves it until a signal. Prints one clear line and ends the process with 2 on a
   * bad flag or value, with 1 when the port is taken or a stage cannot start, with 0 after a graceful stop.
   */
  static async listen(
    rootModule: Type | DynamicModule,
    options: MosecFactoryOptions = {},
  ): Promise<NestFastifyApplication> {
    try {
      return await serve(rootModule, options);
    } catch (error) {
      return exit(error instanceof ConfigurationValueError ? 2 : 1, describe(error));
    }
  }
}

async function serve(rootModule: Type | DynamicModule, options: MosecFactoryOptions): Promise<NestFastifyApplication> {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.help) exit(0, helpText(), process.stdout);
  if (flags.version) exit(0, packageVersion(), process.stdout);
  const app = await createApplication(rootModule, flags, options);
  const resolved = app.get<ResolvedOptions>(RESOLVED_OPTIONS);
  if (resolved.dryRun) await runDry(app);
  const { engine } = app.get(MosecRegistry);
  stopOnSignals(app, () => engine.gaveUp);
  onVerbositySignal(() => toggleVerbosity(engine));
  await app.init();
  await listen(app, resolved.port, resolved.address);
  void engine.whenFailed().then((reason) => stopAndExit(app, reason));
  return app;
}

async function createApplication(
  rootModule: Type | DynamicModule,
  flags: Flags,
  { fastify, openApi, useLogger, ...options }: MosecFactoryOptions,
): Promise<NestFastifyApplication> {
  const early = resolveOptions({ flags, env: process.env });
  const isOurs = options.logger === undefined && !useLogger;
  const logger = options.logger === undefined ? defaultLogger(early) : options.logger;
  // Only here: a worker imports this package for its decorators, and would load the server with it.
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const app = await NestFactory.create<NestFastifyApplication>(
    withCommandLine(rootModule, flags),
    new FastifyAdapter(fastifyOptions(fastify)),
    // Until it is known how the log is to look.
    { abortOnError: false, bufferLogs: isOurs || useLogger !== undefined, ...options, logger },
  );
  if (isOurs) app.useLogger(defaultLogger(app.get<ResolvedOptions>(RESOLVED_OPTIONS)));
  if (useLogger) app.useLogger(app.get(useLogger));
  setupOpenApi(app, openApi);
  return app;
}

/** Also of a logger of the user's, if it can. */
function toggleVerbosity(engine: MosecEngine): void {
  const level = engine.toggleVerbosity();
  Logger.overrideLogger(nestLevels(level));
  Logger.log(`log level is "${level}" from now on`, 'Mosec');
}

/** A root above the user's, so that what the command line said can be injected. */
function withCommandLine(rootModule: Type | DynamicModule, flags: Flags): DynamicModule {
  const commandLine: DynamicModule = {
    module: CommandLineModule,
    global: true,
    providers: [{ provide: COMMAND_LINE, useValue: flags }],
    exports: [COMMAND_LINE],
  };
  return { module: MosecApplicationModule, imports: [commandLine, rootModule] };
}

class CommandLineModule {}
class MosecApplicationModule {}

async function runDry(app: NestFastifyApplication): Promise<never> {
  await app.init();
  try {
    for (const result of await dryRun(app.get(MosecRegistry).engine)) {
      process.stdout.write(`dry run ${JSON.stringify(result)}\n`);
    }
  } catch (error) {
    await app.close();
    exit(1, describe(error));
  }
  await app.close();
  return exit(0, 'dry run passed', process.stdout);
}

async function stopAndExit(app: NestFastifyApplication, reason: string): Promise<never> {
  await app.close();
  return exit(1, reason);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `${address}:${port} is in use: stop what listens there, or choose another --port.`;
  if (code === 'EACCES' && port) return `port ${port} may not be opened by this user: choose a --port above 1023.`;
  const known = ['ConfigurationValueError', 'MosecConfigurationError', 'MosecError'].includes(error.name);
  return known ? error.message : (error.stack ?? error.message);
}

function exit(code: number, text: string, stream: NodeJS.WriteStream = process.stderr): never {
  stream.write(`${text.trimEnd()}\n`);
  process.exit(code);
}
