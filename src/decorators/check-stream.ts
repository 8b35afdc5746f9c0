import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import type { StageDefinition } from './stage-definition.js';

/** Refuses handlers and options that fit only a stage that streams, or only one that does not. */
export function checkStream(definition: StageDefinition, options: StageOptions): void {
  if (definition.stream) checkStreaming(definition, options);
  else checkPlain(definition, options);
}

function checkPlain({ name, stageClass }: StageDefinition, { maxConcurrency }: StageOptions): void {
  const { forward, forwardBatch } = stageClass.prototype as Record<string, unknown>;
  if (kindOf(forward) === 'AsyncGeneratorFunction') {
    throw new MosecConfigurationError(
      `Stage "${name}" has an async *forward, which sends a stream of events: decorate it with @SseStage, not with @Stage.`,
    );
  }
  if (kindOf(forward).includes('Generator') || kindOf(forwardBatch).includes('Generator')) {
    throw new MosecConfigurationError(
      `Stage "${name}" has a generator as its handler: return the result, or stream with @SseStage and async *forward.`,
    );
  }
  if (maxConcurrency !== undefined && maxConcurrency !== 1) {
    throw new MosecConfigurationError(
      `Stage "${name}" has maxConcurrency ${maxConcurrency}, which is for stages that stream: ` +
        'use @SseStage, or more replicas, or a larger maxBatchSize.',
    );
  }
}

function checkStreaming({ name, stageClass }: StageDefinition, { timeoutMs }: StageOptions): void {
  const { forward, forwardBatch } = stageClass.prototype as Record<string, unknown>;
  if (kindOf(forwardBatch).includes('Generator')) {
    throw new MosecConfigurationError(
      `Stage "${name}" has a generator forwardBatch, whose events would belong to no item: ` +
        'send them with calls[i].sendEvent(event).',
    );
  }
  if (kindOf(forward) === 'GeneratorFunction') {
    throw new MosecConfigurationError(`Stage "${name}" has *forward: make it async *forward.`);
  }
  if (timeoutMs !== undefined) {
    throw new MosecConfigurationError(
      `Stage "${name}" streams and has timeoutMs: give streamTimeoutMs to @Route, to forRoot or to stream().`,
    );
  }
}

/** `AsyncGeneratorFunction`, `GeneratorFunction`, `AsyncFunction`, `Function`, … */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
