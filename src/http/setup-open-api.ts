import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type * as Swagger from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { completeDocument } from './open-api-document.js';
import { documentHandler } from './open-api-handler.js';
import { documentJobs, JOBS_CONTROLLER } from './open-api-jobs.js';
import type { OpenApiOptions } from './open-api-options.interface.js';
import { applicationPackage } from './open-api-package.js';
import { getRouteDescription } from './open-api-route.js';

const DOCUMENT_PATH = '/openapi/metadata.json';
const SWAGGER_PATH = '/openapi/swagger';

/**
 * Serves the OpenAPI document of the whole application, pipelines and ordinary controllers, at
 * `/openapi/metadata.json`, and Swagger UI at `/openapi/swagger/`; neither takes the global prefix. `MosecFactory`
 * calls it (options: its `openApi`); with `NestFactory` call it once, before `app.listen()` or `app.init()`:
 *
 * ```ts
 * const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
 * setupOpenApi(app, { title: 'Sentiment', version: '2.1.0' });
 * await app.listen(8000);
 * ```
 *
 * The document is made at the first request for it. Bodies come from `input`, `output` and `codec` of the first and
 * last stage. `@ApiTags`, `@ApiSecurity` and `@ApiResponse` go on the pipeline class, `ApiOperation` into the
 * `decorators` of `@Route`; all of them win over what is generated. DTO classes are told apart by name alone: of two
 * with one name the last wins, so give one of them another with `@ApiSchema({ name })`.
 *
 * @publicApi
 */
export function setupOpenApi(app: NestFastifyApplication, options: OpenApiOptions = {}): void {
  // A plugin, because it may wait for Swagger to load, which nothing but the gateway needs.
  const mount = async (fastify: FastifyInstance): Promise<void> => {
    const swagger = await import('@nestjs/swagger');
    const head = documentHead(swagger, options);
    redirectToSlash(fastify);
    swagger.SwaggerModule.setup(SWAGGER_PATH, app, () => createDocument(swagger, app, head), {
      jsonDocumentUrl: DOCUMENT_PATH,
      raw: ['json'],
      customSiteTitle: head.info.title,
    });
  };
  // On the application's own instance, not on one of the plugin's.
  void app
    .getHttpAdapter()
    .getInstance()
    .register(Object.assign(mount, { [Symbol.for('skip-override')]: true }));
}

type DocumentHead = Omit<OpenAPIObject, 'paths'>;

function documentHead({ DocumentBuilder }: typeof Swagger, options: OpenApiOptions): DocumentHead {
  const own = applicationPackage(process.argv[1]);
  const builder = new DocumentBuilder()
    .setTitle(options.title ?? own?.name ?? 'nestjs-mosec')
    .setDescription(options.description ?? own?.description ?? '')
    .setVersion(options.version ?? own?.version ?? '0.0.0');
  options.configure?.(builder);
  return builder.build();
}

function createDocument(swagger: typeof Swagger, app: NestFastifyApplication, head: DocumentHead): OpenAPIObject {
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const route = metatype && getRouteDescription(metatype);
      if (route) documentHandler(swagger, metatype as new () => unknown, route);
      if (metatype && Reflect.hasMetadata(JOBS_CONTROLLER, metatype))
        documentJobs(swagger, metatype as new () => unknown);
    }
  }
  return completeDocument(swagger.SwaggerModule.createDocument(app, head));
}

/** The page's relative links need the slash; the page that the UI brings itself shows another service's document. */
function redirectToSlash(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.url === SWAGGER_PATH || route.url === `${SWAGGER_PATH}/index.html`) {
      route.onRequest = (_request, reply) => void reply.redirect(`${SWAGGER_PATH}/`, 301);
    } else if (route.url === `${SWAGGER_PATH}/swagger/*`) {
      route.onRequest = (_request, reply) => void reply.callNotFound();
    }
  });
}
