import { Stage, WorkerContext, type BatchStage } from 'nestjs-mosec';
import { Counter, Gauge } from 'prom-client';
import { InferenceRequest } from '../inference.dto.js';

/** Compares each number with the average of its batch, and counts what came out. */
@Stage({ replicas: 2, maxBatchSize: 8, input: InferenceRequest, output: Boolean })
export class Inference implements BatchStage<InferenceRequest, boolean> {
  private readonly results: Counter<'status'>;
  private readonly largest: Gauge;
  private largestSoFar = 0;

  constructor({ metrics }: WorkerContext) {
    const registers = [metrics];
    const help = 'results of the inference';
    this.results = new Counter({ name: 'inference_result_total', help, labelNames: ['status'], registers });
    // Of all workers together the largest one, not the sum.
    const aggregator = 'max';
    this.largest = new Gauge({
      name: 'inference_largest_number',
      help: 'largest number so far',
      aggregator,
      registers,
    });
  }

  forwardBatch(requests: InferenceRequest[]): boolean[] {
    const numbers = requests.map(({ num }) => num);
    const average = numbers.reduce((sum, num) => sum + num, 0) / numbers.length;
    const results = numbers.map((num) => num >= average);
    for (const result of results) this.results.inc({ status: String(result) });
    this.largestSoFar = Math.max(this.largestSoFar, ...numbers);
    this.largest.set(this.largestSoFar);
    return results;
  }
}
