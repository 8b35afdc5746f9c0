import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkItem } from '#libs/contracts';
import type { InitMessage } from '#libs/protocol';
import type { ProcessSpec } from './process-replica.js';

/** The worker's side of the wire, written by hand so that it pins the bytes. */
const WIRE = `
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';

export const port = workerData?.port;

export function frame(type, flags, count, batch, body = Buffer.alloc(0)) {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(body.length, 0);
  header[4] = type;
  header[5] = flags;
  header.writeUInt16LE(count, 6);
  header.writeUInt32LE(batch, 8);
  return Buffer.concat([header, body]);
}
/** Words of a ring: written, read, messages posted, told. Its bytes begin at 16. */
const head = (memory) => new Int32Array(memory, 0, 4);
export const write = (bytes) => (port ? post(bytes) : writeSync(4, bytes));
function post(bytes) {
  port.postMessage({ after: head(workerData.fromThread)[0], bytes: new Uint8Array(bytes) });
  Atomics.add(head(workerData.fromThread), 2, 1);
}
/** What the gateway has sent through a ring that never wraps in these programs, then what came in a message. */
function received(message) {
  const [words, bytes] = [head(workerData.toThread), Buffer.from(workerData.toThread, 16)];
  words[3] = 0;
  const chunk = Buffer.from(bytes.subarray(words[1], message ? message.after : words[0]));
  words[1] += chunk.length;
  return Buffer.concat([chunk, message?.bytes ?? Buffer.alloc(0)]);
}
export const control = (message) => write(frame(5, 0, 0, 0, Buffer.from(JSON.stringify(message))));
export const log = (message) => control({ kind: 'log', level: 'debug', message: String(message) });
export const ready = () => control({ kind: 'ready', loadMs: 1, warmUpMs: 2 });
export const begin = (batch) => write(frame(3, 0, 0, batch));
export function result(batch, index, text, { last = false, status = 0 } = {}) {
  const item = Buffer.alloc(8);
  item.writeUInt16LE(index, 0);
  item[2] = status;
  item.writeUInt32LE(text.length, 4);
  write(frame(4, last ? 1 : 0, 1, batch, Buffer.concat([item, Buffer.from(text)])));
}
/** Calls back for each frame; ends with the gateway. */
export function listen(onFrame) {
  let bytes = Buffer.alloc(0);
  const input = port ?? new Socket({ fd: 3, readable: true, writable: false });
  if (!port) input.on('close', () => process.exit(0));
  input.on(port ? 'message' : 'data', (chunk) => {
    bytes = Buffer.concat([bytes, port ? received(chunk) : chunk]);
    while (bytes.length >= 12 && bytes.length >= 12 + bytes.readUInt32LE(0)) {
      const end = 12 + bytes.readUInt32LE(0);
      const [type, count, batch] = [bytes[4], bytes.readUInt16LE(6), bytes.readUInt32LE(8)];
      onFrame({ type, count, batch, body: bytes.subarray(12, end) });
      bytes = bytes.subarray(end);
    }
  });
}
export const BATCH = 1, CANCEL = 2, CONTROL = 5;
`;

const INIT: InitMessage = {
  kind: 'init',
  file: 'file:///stages.js',
  className: 'Echo',
  stage: 'Echo',
  workerId: 7,
  maxBatchSize: 4,
  logLevel: 'info',
  sendExamples: false,
  reportUsage: false,
};

/** A folder of tiny worker programs. */
export class WorkerPrograms {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mosec-worker-'));
  private count = 0;

  constructor() {
    writeFileSync(join(this.folder, 'wire.mjs'), WIRE);
  }

  /** How to start `program`, which may use everything that the wire exports. */
  spec(program: string, part: Partial<ProcessSpec> = {}): ProcessSpec {
    const entry = join(this.folder, `worker-${this.count++}.mjs`);
    const names = 'frame, write, port, control, log, ready, begin, result, listen, BATCH, CANCEL, CONTROL';
    writeFileSync(entry, `import { ${names} } from './wire.mjs';\n${program}`);
    return { entry, execArgv: [], env: process.env, init: INIT, ...part };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export function itemOf(text: string): WorkItem {
  return { payload: Buffer.from(text), inputFormat: 0, outputFormat: 0, context: '{}', deadline: Infinity };
}
