import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { launchBrowser } from '../support/browser.js';
import { openApiProblems } from '../support/open-api-problems.js';
import { startApp } from '../support/start-app.js';

type Json = Record<string, unknown>;
interface Operation extends Json {
  readonly operationId: string;
  readonly requestBody: { readonly content: Json };
  readonly responses: Record<string, { readonly description: string; readonly content?: Json }>;
}
interface Document extends Json {
  readonly info: Json;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Json };
}

const ERRORS = ['400', '408', '413', '422', '429', '500', '503'];
const ref = (name: string): Json => ({ schema: { $ref: `#/components/schemas/${name}` } });
const binary = { schema: { type: 'string', format: 'binary' } };

async function documentOf({ url }: AppProcess): Promise<Document> {
  const answer = await fetch(`${url}/openapi/metadata.json`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return (await answer.json()) as Document;
}

function operationAt(document: Document, path: string): Operation {
  const operation = document.paths[path]?.['post'];
  if (!operation) throw new Error(`no POST ${path} in ${Object.keys(document.paths).join(', ')}`);
  return operation;
}

describe('when MosecFactory serves one pipeline', () => {
  let app: AppProcess;
  let document: Document;

  beforeAll(async () => {
    app = await startApp('apps/echo');
    await app.waitListening();
    document = await documentOf(app);
  });
  afterAll(() => app?.stop());

  it('should be a valid OpenAPI 3.0 document', () => {
    expect(openApiProblems(document)).toEqual([]);
  });

  it('should take title and version from the package of the application', () => {
    expect(document.info).toMatchObject({
      title: 'nestjs-mosec',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    });
  });

  it('should hold the route and none of the status routes', () => {
    expect(Object.keys(document.paths)).toEqual(['/echo']);
    expect(operationAt(document, '/echo')).toMatchObject({ operationId: 'echo', summary: 'Echo', tags: ['Echo'] });
  });

  it('should publish input and output', () => {
    const { requestBody, responses } = operationAt(document, '/echo');
    expect(requestBody).toEqual({ required: true, content: { 'application/json': ref('EchoRequest') } });
    expect(responses['200']?.content).toEqual({ 'application/json': ref('EchoResponse') });
    expect(document.components.schemas['EchoRequest']).toEqual({
      type: 'object',
      properties: { text: { type: 'string', example: 'hello' } },
      required: ['text'],
    });
  });

  it('should publish every error with its body', () => {
    const { responses } = operationAt(document, '/echo');
    expect(Object.keys(responses)).toEqual(['200', ...ERRORS]);
    for (const status of ERRORS) {
      const body = responses[status]?.content?.['application/json'] as Json;
      expect(body).toMatchObject({ ...ref('MosecError'), example: { statusCode: Number(status) } });
    }
    expect(document.components.schemas['MosecError']).toMatchObject({
      required: ['statusCode', 'error', 'message', 'code', 'requestId'],
      properties: { code: { enum: expect.arrayContaining(['VALIDATION', 'QUEUE_FULL', 'TOO_LARGE']) as unknown } },
    });
  });

  it.each(['/openapi/swagger', '/openapi/swagger?deep=1', '/openapi/swagger/index.html'])(
    'should redirect %s to the page',
    async (path) => {
      const answer = await fetch(app.url + path, { redirect: 'manual' });
      expect(answer.status).toBe(301);
      expect(answer.headers.get('location')).toBe('/openapi/swagger/');
    },
  );

  it('should not serve the sample page of Swagger UI', async () => {
    const { status } = await fetch(`${app.url}/openapi/swagger/swagger/index.html`);
    expect(status).toBe(404);
  });

  describe('and the Swagger page is opened in a browser', () => {
    const requests: string[] = [];
    const failures: string[] = [];
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      browser = await launchBrowser();
      page = await browser.newPage();
      page.on('request', (request) => requests.push(request.url()));
      page.on('requestfailed', (request) => failures.push(request.url()));
      page.on('response', (response) => response.status() >= 400 && failures.push(response.url()));
      page.on('pageerror', (error) => failures.push(error.message));
      await page.goto(`${app.url}/openapi/swagger`, { waitUntil: 'networkidle' });
    });
    afterAll(() => browser?.close());

    it('should show title and operation', async () => {
      expect(await page.title()).toBe('nestjs-mosec');
      expect(await page.locator('#operations-Echo-echo').isVisible()).toBe(true);
    });

    it('should show schemas and errors of the operation', async () => {
      await page.locator('#operations-Echo-echo button').first().click();
      await page.locator('#operations-Echo-echo .responses-table').first().waitFor();
      const text = await page.locator('#operations-Echo-echo').innerText();
      for (const status of ['200', ...ERRORS]) expect(text).toContain(status);
      expect(text).toContain('"requestId"');
    });

    it('should answer a request made from the page', async () => {
      await app.waitReady();
      const operation = page.locator('#operations-Echo-echo');
      await operation.locator('button.try-out__btn').click();
      await operation.locator('button.execute').click();
      const answer = operation.locator('.live-responses-table .highlight-code').first();
      await answer.waitFor();
      expect(await answer.innerText()).toMatch(/"text":\s*"HELLO"/);
    });

    it('should ask nobody else and miss nothing', () => {
      expect(requests.length).toBeGreaterThan(3);
      expect(requests.filter((url) => !url.startsWith(app.url) && !url.startsWith('data:'))).toEqual([]);
      expect(failures).toEqual([]);
    });
  });
});

describe('when an application of NestFactory calls setupOpenApi', () => {
  let app: AppProcess;
  let document: Document;

  beforeAll(async () => {
    app = await startApp('openapi');
    await app.waitListening();
    document = await documentOf(app);
  });
  afterAll(() => app?.stop());

  it('should be a valid OpenAPI 3.0 document', () => {
    expect(openApiProblems(document)).toEqual([]);
  });

  it('should hold the given title, description, version and security scheme', () => {
    const info = { title: 'Catalogue', description: 'Everything a document can hold', version: '3.2.1' };
    expect(document.info).toMatchObject(info);
    expect(document.components).toMatchObject({ securitySchemes: { 'api-key': { type: 'apiKey', in: 'header' } } });
  });

  it('should hold pipelines and controllers with the global prefix and their versions', () => {
    const ids = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(ids.sort()).toEqual([
      'get /api/cats/{id} CatsController_find',
      'post /api/images/tags imageTagging',
      'post /api/models/{model}/shout shout_2',
      'post /api/move move',
      'post /api/shout shout',
      'post /api/v1/rate rateCaption',
      'post /api/v2/rate rateCaption_2',
    ]);
  });

  it('should keep what the decorators of the user say', () => {
    const operation = operationAt(document, '/api/images/tags');
    expect(operation).toMatchObject({ tags: ['vision'], security: [{ 'api-key': [] }], summary: 'Image tagging' });
    expect(operation.responses['200']).toEqual({
      description: 'What is to be seen',
      content: { 'application/json': ref('TagList') },
    });
    expect(operation.responses['401']).toEqual({ description: 'The key is missing' });
    expect(operationAt(document, '/api/v1/rate')).toMatchObject({ summary: 'Rates a caption', tags: ['Rate'] });
  });

  it('should give each codec its media type', () => {
    const images = operationAt(document, '/api/images/tags').requestBody.content;
    expect(images).toEqual({ 'image/png': binary, 'application/octet-stream': binary });
    expect(operationAt(document, '/api/shout').requestBody.content).toEqual({
      'text/plain': { schema: { type: 'string' } },
    });
    const moves = operationAt(document, '/api/move').requestBody.content;
    expect(moves).toEqual({ 'application/json': ref('MovePipeline.input'), 'image/png': binary });
  });

  it('should know 415 only where several media types are accepted', () => {
    const with415 = Object.keys(document.paths).filter((path) => document.paths[path]?.['post']?.responses['415']);
    expect(with415.sort()).toEqual(['/api/images/tags', '/api/move']);
  });

  it('should publish classes, primitives and Standard Schemas', () => {
    expect(document.components.schemas['TagList']).toMatchObject({
      properties: { tags: { type: 'array', items: { $ref: '#/components/schemas/Tag' } } },
    });
    const answerOf = (path: string): unknown => operationAt(document, path).responses['200']?.content;
    expect(answerOf('/api/v2/rate')).toEqual({ 'application/json': { schema: { type: 'number' } } });
    expect(answerOf('/api/move')).toEqual({ 'application/json': { schema: { type: 'object' } }, 'image/png': binary });
    expect(document.components.schemas['MovePipeline.input']).toEqual({
      type: 'object',
      properties: {
        x: { type: 'number', nullable: true },
        next: { $ref: '#/components/schemas/MovePipeline.input.Point' },
      },
      required: ['x'],
    });
  });

  it('should serve document and page without the global prefix', async () => {
    const page = await fetch(`${app.url}/openapi/swagger/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Catalogue</title>');
  });
});
