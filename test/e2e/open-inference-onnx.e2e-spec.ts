import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { encodeModel, floats, node } from '../support/onnx/index.js';
import { ask, post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyApp } from '../support/start-app.js';

const folder = mkdtempSync(join(tmpdir(), 'mosec-e2e-'));
/** Three numbers to two. */
const MODEL = encodeModel({
  inputs: { x: { dtype: 'float32', shape: ['batch', 3] } },
  outputs: { y: { dtype: 'float32', shape: ['batch', 2] } },
  initialisers: { w: floats([3, 2], [1, 0, 0, 1, 1, 1]) },
  nodes: [node('MatMul', ['x', 'w'], ['y'])],
});

describe('when an ONNX file is served by the protocol', () => {
  let app: AppProcess;

  beforeAll(async () => {
    const MODEL_FILE = join(folder, 'model.onnx');
    writeFileSync(MODEL_FILE, MODEL);
    app = await startReadyApp('open-inference-onnx', { env: { MODEL_FILE } });
  });
  afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('should describe it by what the file says', async () => {
    const { json } = await ask(`${app.url}/v2/models/project`);
    expect(json).toEqual({
      name: 'project',
      versions: ['1'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 3] }],
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 2] }],
    });
  });

  it('should compute the items of a request', async () => {
    const inputs = [{ name: 'x', datatype: 'FP32', shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }];
    const { json } = await post(`${app.url}/v2/models/project/infer`, { inputs });
    expect(json).toMatchObject({ outputs: [{ name: 'y', shape: [2, 2], data: [4, 5, 10, 11] }] });
  });

  it('should take and give binary tensors', async () => {
    const tensor = '{"name":"x","datatype":"FP32","shape":[1,3],"parameters":{"binary_data_size":12}}';
    const json = `{"parameters":{"binary_data_output":true},"inputs":[${tensor}]}`;
    const body = Buffer.concat([Buffer.from(json), Buffer.from(new Float32Array([1, 2, 3]).buffer)]);
    const head = [`Inference-Header-Content-Length: ${json.length}`, `Content-Length: ${body.length}`];
    const answer = await RawHttp.request(app.port, ['POST /v2/models/project/infer', ...head], body);
    const tail = answer.body.subarray(-8);
    expect([tail.readFloatLE(0), tail.readFloatLE(4)]).toEqual([4, 5]);
  });
});
