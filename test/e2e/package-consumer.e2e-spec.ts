import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { documentedCalls, documentedFiles } from '../support/code-blocks.js';
import { ConsumerProject, readDocument } from '../support/consumer-project.js';
import { ask, post } from '../support/post.js';

/** Peers that the programs import themselves, and what compiling and testing takes. */
const NEEDED = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  '@nestjs/testing',
  '@types/node',
  'class-transformer',
  'class-validator',
  'reflect-metadata',
  'rxjs',
];

/** A dependency of prom-client, so that it is there although nobody has asked for tracing. */
const BROUGHT_BY_OTHERS = '@opentelemetry/api';

interface PeerManifest {
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
}

let project: ConsumerProject;
const pages = { readme: '', tutorial: '', testing: '', migrated: '' };

async function writeFiles(folder: string, markdown: string): Promise<void> {
  for (const [path, code] of documentedFiles(markdown)) await project.write(`${folder}/${path}`, code);
}

beforeAll(async () => {
  pages.readme = await readDocument('README.md');
  pages.tutorial = await readDocument('docs/getting-started.md');
  pages.testing = await readDocument('docs/testing.md');
  pages.migrated = await readDocument('docs/migrating-from-mosec.md');
  project = await ConsumerProject.install(NEEDED);
  await project.copy('test/fixtures/consumer', 'shop');
  await project.copy('test/fixtures/consumer/tsconfig.json', 'tsconfig.json');
  await writeFiles('readme', pages.readme);
  await writeFiles('tutorial', pages.tutorial + pages.testing);
  await writeFiles('migrated', pages.migrated);
  await project.compile();
}, 180_000);
afterAll(() => project?.remove());

describe('when the package is installed in an empty project', () => {
  it('should not bring its optional peers', async () => {
    const installed = await project.packages();
    expect(installed).toContain('nestjs-mosec');
    const { peerDependenciesMeta } = JSON.parse(await readDocument('package.json')) as PeerManifest;
    const optional = Object.keys(peerDependenciesMeta).filter(
      (name) => !NEEDED.includes(name) && name !== BROUGHT_BY_OTHERS,
    );
    expect(optional).toContain('onnxruntime-node');
    expect(installed.filter((name) => optional.includes(name))).toEqual([]);
  });

  it('should load by require and by import, and be the same', async () => {
    const same = "import('nestjs-mosec').then((m) => console.log(m.Stage === require('nestjs-mosec').Stage))";
    expect(await project.run(process.execPath, ['-e', same])).toBe('true\n');
  });

  it('should load its ONNX entry, without onnxruntime', async () => {
    const names = "console.log(Object.keys(require('nestjs-mosec/onnx')).sort().join(' '))";
    expect(await project.run(process.execPath, ['-e', names])).toContain('OnnxModule OnnxSession');
  });

  it('should load its testing entry', async () => {
    const names = "console.log(Object.keys(require('nestjs-mosec/testing')).join())";
    expect(await project.run(process.execPath, ['-e', names])).toBe('inlineExecution,stageModule\n');
  });
});

describe('when a NestFactory application uses it', () => {
  let app: AppProcess;
  const key = { 'x-api-key': 'let-me-in' };

  beforeAll(async () => {
    app = await project.start('dist/shop/main.js');
    await app.waitReady(60_000);
  }, 70_000);
  afterAll(() => app?.stop());

  it('should answer what its stages compute, with the input an instance of its DTO', async () => {
    const answer = await post(`${app.url}/quote`, { item: 'tea', count: 3 }, key);
    expect(answer).toMatchObject({ status: 200, json: { total: 7.5, validated: true } });
  });

  it('should fail one item alone and validate', async () => {
    const [unknown, invalid, good] = await Promise.all([
      post(`${app.url}/quote`, { item: 'beer', count: 1 }, key),
      post(`${app.url}/quote`, { item: 'tea', count: 0 }, key),
      post(`${app.url}/quote`, { item: 'coffee', count: 1 }, key),
    ]);
    expect(unknown.json).toMatchObject({ statusCode: 400, message: 'bad request: no "beer" today' });
    expect(invalid.json).toMatchObject({ statusCode: 422, code: 'VALIDATION' });
    expect(good).toMatchObject({ status: 200, json: { total: 3 } });
  });

  it('should refuse by its guard', async () => {
    expect((await post(`${app.url}/quote`, { item: 'tea', count: 1 })).status).toBe(403);
  });

  it('should call the pipeline from an ordinary controller, errors with their status', async () => {
    expect(await ask(`${app.url}/shop/price/coffee`)).toMatchObject({
      status: 200,
      json: { item: 'coffee', price: 3 },
    });
    expect((await ask(`${app.url}/shop/price/beer`)).status).toBe(400);
  });

  it('should publish both its routes and DTOs in OpenAPI', async () => {
    const document = await ask(`${app.url}/openapi/metadata.json`);
    expect(document.json).toMatchObject({
      info: { title: 'Shop', version: '2.1.0' },
      paths: { '/quote': { post: {} }, '/shop/price/{item}': { get: {} } },
      components: {
        schemas: {
          Order: { required: ['item', 'count'], properties: { item: { example: 'tea' }, count: { minimum: 1 } } },
          Quote: { properties: { total: { type: 'number' } } },
        },
      },
    });
  });
});

describe.each([
  ['README.md', 'readme', 'dist/readme/src/main.js', 2],
  ['docs/getting-started.md', 'tutorial', 'dist/tutorial/src/main.js', 5],
  ['docs/migrating-from-mosec.md', 'migrated', 'dist/migrated/src/main.js', 1],
] as const)('when the program of %s runs', (_page, name, main, count) => {
  let app: AppProcess;

  beforeAll(async () => {
    app = await project.start(main);
    await app.waitReady(60_000);
  }, 70_000);
  afterAll(() => app?.stop());

  it('should answer each curl line as the page says', async () => {
    // What the page asks of the demo has no answer in one line.
    const calls = documentedCalls(pages[name]);
    expect(calls).toHaveLength(count);
    for (const { path, answer, ...request } of calls) {
      expect((await ask(app.url + path, request)).text).toBe(answer);
    }
  });
});

describe('when the tests of docs/testing.md run', () => {
  it('should pass', async () => {
    const files = [...documentedFiles(pages.testing).keys()].map(
      (path) => `dist/tutorial/${path.replace('.ts', '.js')}`,
    );
    const report = await project.run(process.execPath, ['--test', '--test-reporter=tap', ...files]);
    expect(report).toMatch(/^# fail 0$/m);
    expect(report).toMatch(/^# pass 3$/m);
  });
});
