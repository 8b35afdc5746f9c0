import type { FastifyReply } from 'fastify';
import type { StageTiming } from '#libs/contracts';

/** Tells how a request fared at the stages that have had their say about it; nothing where none has. */
export function setTimingHeaders(reply: FastifyReply, timings: readonly StageTiming[]): void {
  if (timings.length === 0) return;
  const list = (value: (timing: StageTiming) => string | number): string => timings.map(value).join(', ');
  void reply.headers({
    'x-mosec-stage': list(({ stage }) => stage),
    'x-mosec-queue-ms': list(({ queueMs }) => milliseconds(queueMs)),
    'x-mosec-batch-size': list(({ batchSize }) => batchSize),
    'x-mosec-compute-ms': list(({ computeMs }) => milliseconds(computeMs)),
  });
}

function milliseconds(value: number): string {
  return Math.max(0, value).toFixed(3);
}
