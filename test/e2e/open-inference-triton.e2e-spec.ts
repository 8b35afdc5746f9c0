import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { pythonClient } from '../support/python-client.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

/** Making the environment, once: it downloads some 40 MiB. */
const INSTALL_MS = 180_000;
const SCRIPT = fileURLToPath(new URL('../fixtures/open-inference/client.py', import.meta.url));
const TYPES = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP32',
  'FP64',
  'BYTES',
];

describe("when Triton's Python client calls", () => {
  const traces = new TraceFolder();
  let app: AppProcess | undefined;

  beforeAll(
    async () => void (app = await startReadyApp('open-inference', { args: ['--compression'], env: traces.env })),
  );
  afterAll(async () => {
    await app?.stop('SIGKILL');
    traces.remove();
  });

  it('should find every call answered as by Triton', { timeout: INSTALL_MS }, async (context) => {
    const client = await pythonClient('tritonclient-2.73', 'tritonclient[http]==2.73.0');
    if (client.missing !== undefined) return context.skip(client.missing);
    const { stdout } = await promisify(execFile)(client.python, [SCRIPT, `127.0.0.1:${app?.port}`]);
    const same = TYPES.flatMap((type) => [type, `${type} in JSON`]).concat('FP16', 'BF16', 'gzip', 'deflate');
    expect(JSON.parse(stdout)).toEqual({
      ...Object.fromEntries(same.map((name) => [name, 'same'])),
      live: true,
      ready: true,
      model: true,
      version: true,
      none: false,
      extensions: ['binary_tensor_data', 'parameters', 'statistics', 'model_repository'],
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 3] }],
      index: ['READY'],
      y: [
        [3, 5, 7],
        [9, 11, 13],
      ],
      response: { id: 'r-1', model_name: 'affine', model_version: '2' },
      async: [true, true, true],
      statistics: 8,
      'unknown model': ['404', 'there is no model "none"'],
      'bad shape': ['400', 'model "affine": input "x" has shape [6] and takes [-1, 3]'],
      'too late': ['408', 'inference timeout'],
    });
  });
});
