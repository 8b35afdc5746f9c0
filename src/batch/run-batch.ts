import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { reachServer } from '../load-test/client/reach-server.js';
import { STANDARD_STREAM, type BatchPlan } from './batch-plan.js';
import { BatchRun } from './batch-run.js';
import { newTally, type BatchTally } from './batch-tally.js';
import { readInput } from './input/read-input.js';
import { skipLines } from './input/skip-lines.js';
import { FileSink } from './output/file-sink.js';
import { resumePoint, type ResumePoint } from './output/resume-point.js';
import { recordPath } from './output/run-record.js';
import { type ResultSink } from './output/result-sink.js';
import { StreamSink } from './output/stream-sink.js';
import { ConcurrencyLimit } from './sending/concurrency-limit.js';
import { HttpSender } from './sending/http-sender.js';
import { LineSender } from './sending/line-sender.js';
import { Outage } from './sending/outage.js';
import { StopSignal } from './stop-signal.js';

/** Pieces in which files are read. */
const READ_BYTES = 256 * 1024;

/** How a run can be watched and ended. */
export interface BatchControl {
  readonly tally: BatchTally;
  /** Bytes of the input, if they are known. */
  readonly totalBytes: number | undefined;
  /** Begins nothing new. */
  readonly stop: () => void;
  /** Also gives up what is on its way. */
  readonly abort: () => void;
}

export interface BatchResult {
  readonly tally: BatchTally;
  /** Whether every line of the input has its line in the output. */
  readonly complete: boolean;
  /** Why it ended early, unless somebody asked for it. */
  readonly error: Error | undefined;
}

/**
 * Runs the lines of a file through a server.
 * @throws Error when the server cannot be reached, the output is another one, or cannot be written
 */
export async function runBatch(plan: BatchPlan, started: (control: BatchControl) => void): Promise<BatchResult> {
  const totalBytes = await sizeOf(plan.input);
  await reachServer(plan.url, plan.timeoutMs);
  const point = await pointOf(plan);
  const sink = await sinkOf(plan, point);
  const http = new HttpSender({ ...plan, connections: plan.concurrency, maxAnswerBytes: plan.maxLineBytes });
  try {
    return await work(plan, { point, sink, http, totalBytes }, started);
  } finally {
    await http.close();
    await sink.close();
  }
}

interface Ends {
  readonly point: ResumePoint;
  readonly sink: ResultSink;
  readonly http: HttpSender;
  readonly totalBytes: number | undefined;
}

async function work(
  plan: BatchPlan,
  { point, sink, http, totalBytes }: Ends,
  started: (control: BatchControl) => void,
): Promise<BatchResult> {
  const tally = { ...newTally(), lines: point.lines, failed: point.failed, earlier: point.lines };
  const stop = new StopSignal();
  const limit = new ConcurrencyLimit(plan.concurrency);
  const now = (): number => performance.now();
  const sender = new LineSender({
    ...plan,
    send: (route, body, key) => http.send(route, body, key),
    rest: (ms) => stop.rest(ms),
    isStopping: () => stop.isStopping,
    outage: new Outage(plan.patienceMs, now, (error) => stop.stop(error)),
    random: Math.random,
    ...{ limit, now },
  });
  const run = new BatchRun({ plan, run: point.run, sink, sender, limit, stop, tally });
  started({ tally, totalBytes, stop: () => stop.stop(), abort: () => (stop.stop(), http.abort()) });
  const lines = readInput(chunksOf(plan.input, stop), plan.maxLineBytes);
  const complete = await run.work(skipLines(lines, point.lines, point.expected, (line) => run.pass(line)));
  return { tally, complete, error: stop.error };
}

/** Ends when the run is told to stop, also while it waits for a pipe. */
async function* chunksOf(input: string, stop: StopSignal): AsyncGenerator<Buffer> {
  const stream = input === STANDARD_STREAM ? process.stdin : createReadStream(input, { highWaterMark: READ_BYTES });
  stop.watch(() => stream.destroy());
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    if (!stop.isStopping) throw error;
  }
}

async function sizeOf(input: string): Promise<number | undefined> {
  if (input === STANDARD_STREAM) return undefined;
  const found = await stat(input);
  return found.isFile() ? found.size : undefined;
}

async function pointOf(plan: BatchPlan): Promise<ResumePoint> {
  if (plan.output !== STANDARD_STREAM) return resumePoint(plan.output, plan, plan.restart);
  return { run: randomUUID(), lines: 0, failed: 0, end: 0, expected: undefined };
}

async function sinkOf({ output }: BatchPlan, { end }: ResumePoint): Promise<ResultSink> {
  if (output === STANDARD_STREAM) return new StreamSink(process.stdout);
  return FileSink.open({ path: output, recordPath: recordPath(output), from: end, now: () => performance.now() });
}
