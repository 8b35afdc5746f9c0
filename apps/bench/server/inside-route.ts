import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getPipelineToken, type PipelineClient } from 'nestjs-mosec';
import { percentile } from '../statistics.js';
import { pipelines } from './pipelines.js';

/** A closed loop within the server: what is left of a pipeline without HTTP. */
export interface InsideLoad {
  readonly pipeline: string;
  /** Each asks again when it has its answer. */
  readonly callers: number;
  readonly bodyBytes: number;
  readonly seconds: number;
}

export interface InsideSample {
  readonly itemsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** What went wrong, and how often. */
  readonly errors: Readonly<Record<string, number>>;
}

type EchoClient = PipelineClient<Buffer, Buffer>;

/** The server puts a load on itself and answers with what it has measured. */
export function addInsideRoute(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .post('/inside', (request) => {
      const load = request.body as InsideLoad;
      const type = pipelines.get(load.pipeline);
      if (!type) throw new Error(`no pipeline "${load.pipeline}" here`);
      return runInside(app.get<EchoClient>(getPipelineToken(type), { strict: false }), load);
    });
}

async function runInside(client: EchoClient, { callers, bodyBytes, seconds }: InsideLoad): Promise<InsideSample> {
  const latencies: number[] = [];
  const errors: Record<string, number> = {};
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const call = async (_: unknown, caller: number): Promise<void> => {
    const body = Buffer.alloc(bodyBytes, `${caller} mosec`);
    for (let sentAt = startedAt; sentAt < until; sentAt = performance.now()) {
      const error = await client.run(body).then(
        (answer) => (body.equals(answer) ? undefined : 'the answer is no echo'),
        ({ message }: Error) => message,
      );
      if (error === undefined) latencies.push(performance.now() - sentAt);
      else errors[error] = (errors[error] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const elapsedMs = performance.now() - startedAt;
  const sorted = Float64Array.from(latencies).sort();
  return {
    itemsPerSecond: (sorted.length / elapsedMs) * 1_000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    errors,
  };
}
