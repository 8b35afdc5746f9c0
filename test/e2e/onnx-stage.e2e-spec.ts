import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { encodeModel, floats, ModelFolder, node } from '../support/onnx/index.js';
import { ask, post } from '../support/post.js';
import { startApp, startReadyApp } from '../support/start-app.js';

const folder = new ModelFolder();
/** `y = 10 x`, per item of two numbers. */
const model = folder.write(
  'tenfold.onnx',
  encodeModel({
    inputs: { x: { dtype: 'float32', shape: ['batch', 2] } },
    outputs: { y: { dtype: 'float32', shape: ['batch', 2] } },
    initialisers: { ten: floats([1], [10]) },
    nodes: [node('Mul', ['x', 'ten'], ['y'])],
  }),
);

afterAll(() => folder.remove());

describe('when a stage serves an ONNX file', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('onnx', { env: { MODEL: model } })));
  afterAll(() => app?.stop());

  it('should answer lists with lists', async () => {
    expect(await post(`${app.url}/classify`, { x: [1, 2.5] })).toMatchObject({ status: 200, text: '{"y":[10,25]}' });
  });

  it('should give each item of a batch its own answer', async () => {
    const numbers = Array.from({ length: 64 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((i) => post(`${app.url}/classify`, { x: [i, -i] })));
    expect(answers.map(({ json }) => json)).toEqual(numbers.map((i) => ({ y: [10 * i, -10 * i + 0] })));
    const { text } = await ask(`${app.url}/metrics`);
    const batches = Number(/^mosec_service_batch_size_count\{stage="Classify",.*\} (\d+)$/m.exec(text)?.[1]);
    expect(batches).toBeLessThan(numbers.length);
  });

  it('should refuse what does not fit alone, naming model, input, expected and given shape', async () => {
    const [good, bad] = await Promise.all([
      post(`${app.url}/classify`, { x: [1, 1] }),
      post(`${app.url}/classify`, { x: [1, 1, 1] }),
    ]);
    expect(good.status).toBe(200);
    expect(bad.status).toBe(422);
    expect(bad.json).toMatchObject({
      message: 'request validation error: Model "tenfold" takes input "x" as float32 [2], and was given float32 [3].',
    });
  });

  it('should publish inputs and outputs in OpenAPI', async () => {
    const { json } = await ask(`${app.url}/openapi/metadata.json`);
    const list = { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } };
    expect(json).toMatchObject({
      components: {
        schemas: {
          'ClassifyPipeline.input': { required: ['x'], properties: { x: { ...list, description: 'float32 [2]' } } },
          'ClassifyPipeline.output': { properties: { y: list } },
        },
      },
    });
  });

  it('should load onnxruntime in its worker and not in the gateway', async () => {
    const libraries = await readFile(`/proc/${app.pid}/maps`, 'utf8');
    expect(libraries).toContain('[stack]');
    expect(libraries).not.toContain('onnxruntime');
  });
});

describe('when onnxruntime-node is not installed', () => {
  it('should end the start and say what to install', async () => {
    const hook = fileURLToPath(new URL('../support/no-onnxruntime.cjs', import.meta.url));
    const app = await startApp('onnx', { env: { MODEL: model }, execArgv: ['--require', hook] });
    expect(await app.exitCode).not.toBe(0);
    expect(app.output).toContain(
      'OnnxModule needs the package \\"onnxruntime-node\\", which cannot be loaded: run npm install onnxruntime-node.',
    );
  });
});

describe('when the model file is missing', () => {
  it('should end the start and name it', async () => {
    const app = await startApp('onnx', { env: { MODEL: '/nowhere/model.onnx' } });
    expect(await app.exitCode).not.toBe(0);
    expect(app.output).toContain('/nowhere/model.onnx');
  });
});
