import { Socket } from 'node:net';
import { FrameReader } from '#libs/protocol';
import { describeFailure } from './describe-failure.js';
import { FrameSink } from './frame-sink.js';
import type { LoadStage } from './load-stage.js';
import { sendToDescriptor } from './send-to-descriptor.js';
import { StageWorker } from './stage-worker.js';

/** Descriptors that the gateway's transport hands to a worker process: one socket pair per direction. */
const FROM_GATEWAY = 3;
const TO_GATEWAY = 4;

/**
 * Serves one stage in this process until the gateway says stop or is gone. Ctrl-C reaches the whole process group,
 * so the signals of a terminal are left to the gateway.
 */
export function runWorker(load: LoadStage): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  const worker = new StageWorker(load, new FrameSink(sendToDescriptor(TO_GATEWAY)), describeFailure);
  const reader = new FrameReader((frame) => worker.accept(frame));
  const input = new Socket({ fd: FROM_GATEWAY, readable: true, writable: false });
  input.on('data', (chunk: Buffer) => reader.push(chunk));
  input.on('error', () => process.exit(0));
  input.on('close', () => process.exit(0));
}
