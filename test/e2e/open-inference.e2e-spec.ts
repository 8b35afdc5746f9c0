import { gzipSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { openApiProblems } from '../support/open-api-problems.js';
import { ask, post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import type { RawResponse } from '../support/raw-response.js';
import { SeededRandom } from '../support/seeded-random.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const traces = new TraceFolder();
const MAX_BYTES = 100_000;
let app: AppProcess;

beforeAll(async () => {
  const args = ['--compression', '--max-request-size', String(MAX_BYTES), '--timeout', '20000'];
  app = await startReadyApp('open-inference', { args, env: { ...traces.env } });
});
afterAll(async () => {
  await app?.stop('SIGKILL');
  traces.remove();
});

const infer = (model: string, body: unknown, headers: Record<string, string> = {}) =>
  post(`${app.url}/v2/models/${model}/infer`, body, headers);
const x = (data: unknown, shape = [1, 3], datatype = 'FP32') => ({ inputs: [{ name: 'x', shape, datatype, data }] });
const mood = (...words: string[]) => ({
  inputs: [{ name: 'mood', shape: [words.length, 1], datatype: 'BYTES', data: words }],
});

/** Binary requests as clients send them: without a Content-Type. */
function inferBinary(model: string, json: string, tensors: string, headers: string[] = []): Promise<RawResponse> {
  const body = Buffer.concat([Buffer.from(json), Buffer.from(tensors, 'hex')]);
  const head = [`Inference-Header-Content-Length: ${json.length}`, `Content-Length: ${body.length}`, ...headers];
  return RawHttp.request(app.port, [`POST /v2/models/${model}/infer`, ...head], body);
}

describe('when the server and its models are asked about', () => {
  it.each([
    ['/v2/health/live', { live: true }],
    ['/v2/health/ready', { ready: true }],
    ['/v2/models/affine/ready', { name: 'affine', ready: true }],
    ['/v2/models/affine/versions/2/ready', { name: 'affine', ready: true }],
  ])('should answer GET %s', async (path, body) => {
    const answer = await ask(`${app.url}${path}`);
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: body });
  });

  it('should tell name, version and extensions', async () => {
    const { json } = await ask(`${app.url}/v2`);
    expect(json).toEqual({
      name: 'nestjs-mosec',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
      extensions: ['binary_tensor_data', 'parameters', 'statistics', 'model_repository'],
    });
  });

  it.each(['/v2/models/affine', '/v2/models/affine/versions/2'])('should describe the model at %s', async (path) => {
    const { text } = await ask(`${app.url}${path}`);
    expect(text).toBe(
      '{"name":"affine","versions":["2"],"platform":"nestjs-mosec",' +
        '"inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]}],' +
        '"outputs":[{"name":"y","datatype":"FP32","shape":[-1,3]},{"name":"batch","datatype":"INT32","shape":[-1]}]}',
    );
  });

  it('should list all models, whatever type the request says it has', async () => {
    const { json } = await post(`${app.url}/v2/repository/index`, '{"ready":true}');
    expect(json).toHaveLength(17);
    expect(json).toContainEqual({ name: 'affine', version: '2', state: 'READY', reason: '' });
    expect((await post(`${app.url}/v2/repository/index`)).json).toEqual(json);
    const load = await post(`${app.url}/v2/repository/models/affine/load`, {});
    expect(load).toMatchObject({ status: 501, json: { error: expect.stringContaining('loaded') as unknown } });
  });

  it('should say in the OpenAPI document what it answers', async () => {
    const { json } = await ask(`${app.url}/openapi/metadata.json`);
    expect(openApiProblems(json as never)).toEqual([]);
    const { paths } = json as { paths: Record<string, object> };
    expect(Object.keys(paths).filter((path) => path.startsWith('/v2'))).toHaveLength(15);
    expect(paths).toMatchObject({
      '/v2/models/{model}/infer': {
        post: { requestBody: { content: { 'application/json': {}, 'application/octet-stream': {} } } },
      },
    });
  });
});

describe('when a request comes in JSON', () => {
  it('should answer to the byte, with the id', async () => {
    const answer = await infer('affine/versions/2', { id: 'r-1', ...x([[1, 2, 3]]), outputs: [{ name: 'y' }] });
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('inference-header-content-length')).toBeNull();
    expect(answer.text).toBe(
      '{"model_name":"affine","model_version":"2","id":"r-1",' +
        '"outputs":[{"name":"y","datatype":"FP32","shape":[1,3],"data":[3,5,7]}]}',
    );
  });

  it('should keep integers that a double cannot hold', async () => {
    const body =
      '{"inputs":[{"name":"x","shape":[1,2],"datatype":"INT64","data":[9223372036854775807,-9007199254740993]}]}';
    const { text } = await infer('echo-int64', body);
    expect(text).toContain('"data":[9223372036854775807,-9007199254740993]');
  });

  it('should give a model without batches its tensors whole', async () => {
    const inputs = [
      { name: 'narrow', shape: [3], datatype: 'UINT8', data: [1, 2, 3] },
      { name: 'wide', shape: [2, 2], datatype: 'FP64', data: [1, 2, 3, 4] },
    ];
    const { json } = await infer('whole', { inputs });
    expect((json as { outputs: unknown[] }).outputs).toEqual([...inputs].reverse().map(({ ...tensor }) => tensor));
  });

  it('should show stages the parameters of the request', async () => {
    const { text } = await infer('moody', { parameters: { top_k: 5, exact: true }, ...mood('query') });
    expect(text).toContain(JSON.stringify(JSON.stringify({ top_k: '5', exact: 'true' })));
  });
});

describe('when a request comes with binary tensors', () => {
  const json = (parameters: string) =>
    `{"id":"7"${parameters},"inputs":[{"name":"x","shape":[2,3],"datatype":"FP32","parameters":{"binary_data_size":24}}]}`;
  const ONE_TO_SIX = '0000803f00000040000040400000804000 00a0400000c040'.replaceAll(' ', '');
  const ODD = '000040400000a0400000e0400000104100003041 00005041'.replaceAll(' ', '');

  it('should answer binary tensors behind the JSON, to the byte', async () => {
    const answer = await inferBinary('affine', json(',"parameters":{"binary_data_output":true}'), ONE_TO_SIX);
    const head =
      '{"model_name":"affine","model_version":"2","id":"7","outputs":[' +
      '{"name":"y","datatype":"FP32","shape":[2,3],"parameters":{"binary_data_size":24}},' +
      '{"name":"batch","datatype":"INT32","shape":[2],"parameters":{"binary_data_size":8}}]}';
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(head.length),
    });
    expect(answer.text.slice(0, head.length)).toBe(head);
    expect(answer.body.subarray(head.length).toString('hex')).toBe(`${ODD}0200000002000000`);
  });

  it('should answer each output in the form it is asked for in', async () => {
    const outputs = ',"outputs":[{"name":"batch"},{"name":"y","parameters":{"binary_data":true}}]';
    const answer = await inferBinary('affine', json(outputs), ONE_TO_SIX);
    const head =
      '{"model_name":"affine","model_version":"2","id":"7","outputs":[' +
      '{"name":"batch","datatype":"INT32","shape":[2],"data":[2,2]},' +
      '{"name":"y","datatype":"FP32","shape":[2,3],"parameters":{"binary_data_size":24}}]}';
    expect(answer.headers['inference-header-content-length']).toBe(String(head.length));
    expect(answer.body.toString('latin1')).toBe(head + Buffer.from(ODD, 'hex').toString('latin1'));
  });

  it('should take a body that is the one input and nothing else', async () => {
    const body = Buffer.from(new Float32Array([1, 2, 3]).buffer);
    const head = ['Inference-Header-Content-Length: 0', `Content-Length: ${body.length}`];
    const answer = await RawHttp.request(app.port, ['POST /v2/models/affine/infer', ...head], body);
    expect(answer.body.subarray(-16).toString('hex')).toBe(`${ODD.slice(0, 24)}01000000`);
  });

  it('should undo and apply content codings, the JSON counted without them', async () => {
    const head = json(',"parameters":{"binary_data_output":true}').replaceAll('[2,3]', '[64,3]').replace('24', '768');
    const body = gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(768)]));
    const answer = await RawHttp.request(
      app.port,
      [
        'POST /v2/models/affine/infer',
        `Inference-Header-Content-Length: ${head.length}`,
        `Content-Length: ${body.length}`,
        'Content-Encoding: gzip',
        'Accept-Encoding: gzip',
      ],
      body,
    );
    expect(answer).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip' } });
    const plain = gunzipSync(answer.body);
    const jsonBytes = Number(answer.headers['inference-header-content-length']);
    expect(JSON.parse(plain.toString('utf8', 0, jsonBytes))).toMatchObject({ model_name: 'affine', id: '7' });
    expect(plain.length - jsonBytes).toBe(768 + 256);
  });
});

describe('when items come in one request or in several', () => {
  it('should have them batched with each other', async () => {
    const answers = await Promise.all([infer('affine', x([1, 2, 3, 4, 5, 6], [2, 3])), infer('affine', x([7, 8, 9]))]);
    const outputs = answers.map(({ json }) => (json as { outputs: { data: number[] }[] }).outputs);
    expect(outputs.map(([y]) => y?.data)).toEqual([
      [3, 5, 7, 9, 11, 13],
      [15, 17, 19],
    ]);
    expect(Math.max(...outputs.map(([, batch]) => batch?.data[0] as number))).toBeGreaterThanOrEqual(2);
  });

  it('should count items, batches and requests in the statistics', async () => {
    const before = await stats();
    await infer('affine', x(new Array(60).fill(0), [20, 3]));
    await infer('affine', x([1]));
    const after = await stats();
    expect(after.inference_count - before.inference_count).toBe(20);
    expect(after.execution_count - before.execution_count).toBeGreaterThanOrEqual(3);
    expect(after.inference_stats.success.count - before.inference_stats.success.count).toBe(1);
    expect(after.inference_stats.fail.count - before.inference_stats.fail.count).toBe(0);
    const sizes = after.batch_stats.map(({ batch_size }) => batch_size);
    expect(Math.max(...sizes)).toBe(8);
    expect(after.inference_stats.compute_infer.ns).toBeGreaterThan(0);
  });

  async function stats() {
    const { json } = await ask(`${app.url}/v2/models/affine/stats`);
    return (json as { model_stats: [Stats] }).model_stats[0];
  }

  interface Stats {
    readonly inference_count: number;
    readonly execution_count: number;
    readonly inference_stats: Record<'success' | 'fail' | 'compute_infer', { count: number; ns: number }>;
    readonly batch_stats: readonly { batch_size: number }[];
  }
});

describe('when a request is at fault', () => {
  it.each([
    ['affine', x([1, 2], [1, 2]), 'model "affine": input "x" has shape [1, 2] and takes [-1, 3]'],
    ['affine', x([1, 2, 3], [1, 3], 'FP64'), 'model "affine": input "x" has datatype FP64 and takes FP32'],
    ['affine', x([1, 2], [1, 3]), 'model "affine": input "x" has 2 elements, and shape [1, 3] takes 3'],
    ['affine', x([], [0, 3]), 'model "affine": input "x" has shape [0, 3], without an item'],
    [
      'affine',
      x(new Array(195).fill(1), [65, 3]),
      'model "affine": a request of 65 items is too large: send at most 64',
    ],
    ['affine', '{"inputs":', 'model "affine": the request is no JSON: Unexpected end of JSON input'],
    ['affine', '', 'model "affine": the request is no JSON: Unexpected end of JSON input'],
    [
      'echo-fp16',
      x([1], [1, 1], 'FP16'),
      'model "echo-fp16": output "x" of datatype FP16 has no form in JSON: ask for it as binary_data',
    ],
    ['moody', mood('refuse'), 'not in the mood'],
    [
      'moody',
      mood('latin1'),
      'model "moody": output "said" holds bytes that are no UTF-8, which JSON has no form for: ask for it as binary_data',
    ],
  ])('should answer 400 in words: %s %#', async (model, body, error) => {
    const answer = await infer(model, body);
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: { error } });
  });

  it.each([
    ['/v2/models/none', 'there is no model "none"'],
    ['/v2/models/none/ready', 'there is no model "none"'],
    ['/v2/models/none/stats', 'there is no model "none"'],
    ['/v2/models/affine/versions/1', 'model "affine" has no version "1"; it has "2"'],
  ])('should answer 404 at %s', async (path, error) => {
    const answer = await ask(`${app.url}${path}`);
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 404, json: { error } });
  });

  it('should answer 404 to a large body for no model, and go on with the connection', async () => {
    const answer = await infer('none', 'x'.repeat(MAX_BYTES));
    expect({ status: answer.status, json: answer.json }).toEqual({
      status: 404,
      json: { error: 'there is no model "none"' },
    });
  });

  it('should answer in its own form what no handler of it sees', async () => {
    const wrong = await ask(`${app.url}/v2/models/affine/infer`);
    expect(wrong).toMatchObject({ status: 405, json: { error: 'GET is not allowed here; use POST' } });
    expect(wrong.headers.get('allow')).toBe('POST');
    const large = await infer('affine', 'x'.repeat(MAX_BYTES + 1));
    expect(large.status).toBe(413);
    expect(Object.keys(large.json as object)).toEqual(['error']);
  });

  it('should answer 500 without a secret, and say what a stage should have returned', async () => {
    const broken = await infer('moody', mood('break'));
    expect({ status: broken.status, json: broken.json }).toEqual({
      status: 500,
      json: { error: 'inference internal error' },
    });
    const other = await infer('moody', mood('other'));
    expect({ status: other.status, json: other.json }).toEqual({
      status: 500,
      json: { error: 'model "moody": output "said" is missing in what the last stage returned' },
    });
  });

  it('should answer rubbish with 4xx, whatever it is, and take the next request', async () => {
    const random = new SeededRandom(7);
    const good = JSON.stringify(x([[1, 2, 3]]));
    for (let i = 0; i < 150; i++) {
      const bytes = Buffer.from(good);
      for (let k = 0; k < 3; k++) bytes[random.below(bytes.length)] = random.below(256);
      const header: Record<string, string> = random.below(2)
        ? { 'inference-header-content-length': String(random.below(120)) }
        : {};
      const { status, json } = await infer('affine', bytes, header);
      expect([200, 400]).toContain(status);
      if (status === 400) expect(json).toEqual({ error: expect.any(String) as unknown });
    }
    expect((await infer('affine', good)).status).toBe(200);
  });
});

describe('when nobody waits for the items of a request', () => {
  const inside = async () => (await scrape(app.url)).sum('mosec_service_remaining_task');
  const entered = (count: number) =>
    waitFor(() => traces.lines('entered').length >= count, { what: `${count} items in their stages` });
  const aborted = (count: number) =>
    waitFor(() => traces.lines('aborted').length >= count, { what: `${count} items given up` });

  it('should give all of them up when the client goes away', async () => {
    const body = JSON.stringify(mood('wait', 'wait', 'wait'));
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /v2/models/moody/infer', `Content-Length: ${body.length}`);
    http.send(body);
    await entered(2);
    http.destroy();
    await aborted(2);
    await waitFor(async () => (await inside()) === 0, { what: 'nothing to be left inside' });
  });

  it('should give the others up when one has failed', async () => {
    const before = traces.lines('aborted').length;
    const answer = await infer('moody', mood('wait', 'refuse', 'wait'));
    expect(answer).toMatchObject({ status: 400, json: { error: 'not in the mood' } });
    await aborted(before + 1);
    await waitFor(async () => (await inside()) === 0, { what: 'nothing to be left inside' });
  });

  it('should answer 408 at the deadline, that of the request where it is earlier', async () => {
    const byHeader = await infer('moody', mood('wait', 'wait'), { 'x-request-timeout': '200' });
    expect(byHeader).toMatchObject({ status: 408, json: { error: 'inference timeout' } });
    const byParameter = await infer('moody', { parameters: { timeout: 200_000 }, ...mood('wait') });
    expect(byParameter).toMatchObject({ status: 408, json: { error: 'inference timeout' } });
    await waitFor(async () => (await inside()) === 0, { what: 'nothing to be left inside' });
  });
});

describe('when the server drains', () => {
  it('should say so in the form of the protocol, and answer what is inside', async () => {
    const own = await startReadyApp('open-inference', { args: ['--drain-timeout', '3000'], env: { ...traces.env } });
    const before = traces.lines('entered').length;
    const left = post(`${own.url}/v2/models/moody/infer`, mood('wait'), { 'x-request-timeout': '2000' });
    await waitFor(() => traces.lines('entered').length > before, { what: 'the item in its stage' });
    const keepAlive = await RawHttp.connect(own.port);
    process.kill(own.pid, 'SIGTERM');
    await waitFor(async () => (await ask(`${own.url}/v2/health/ready`)).status === 503, { what: 'it to drain' });
    expect(await ask(`${own.url}/v2/health/live`)).toMatchObject({ status: 200, json: { live: true } });
    expect(await ask(`${own.url}/v2/models/moody/ready`)).toMatchObject({ json: { name: 'moody', ready: false } });
    const refused = await post(`${own.url}/v2/models/moody/infer`, mood('hello'));
    expect({ status: refused.status, json: refused.json }).toEqual({
      status: 503,
      json: { error: 'gracefully shutting down' },
    });
    expect((await left).status).toBe(408);
    keepAlive.destroy();
    await own.exited;
  });
});
