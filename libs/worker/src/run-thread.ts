import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { ByteRing, FrameReader, RingReader, RingWriter } from '#libs/protocol';
import { describeThreadFailure } from './describe-thread-failure.js';
import { FrameSink } from './frame-sink.js';
import type { LoadStage } from './load-stage.js';
import { StageWorker } from './stage-worker.js';

/** What the gateway's transport hands to a worker thread. */
interface Connection {
  readonly port: MessagePort;
  readonly toThread: SharedArrayBuffer;
  readonly fromThread: SharedArrayBuffer;
}

/** Serves one stage in this thread until the gateway says stop; a gateway that is gone takes its threads along. */
export function runThread(load: LoadStage): void {
  const { port, toThread, fromThread } = workerData as Connection;
  const writer = new RingWriter(port, new ByteRing(fromThread));
  const worker = new StageWorker(load, new FrameSink((buffers) => writer.write(buffers)), describeThreadFailure);
  const frames = new FrameReader((frame) => worker.accept(frame));
  const next = () => receiveMessageOnPort(port);
  const reader = new RingReader(new ByteRing(toThread), next, (bytes) => frames.push(bytes));
  port.on('message', (message: unknown) => reader.accept(message));
}
