import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkStageOptions } from './check-stage-options.js';
import { checkStream } from './check-stream.js';
import { hasOwnHopCodec } from './hop-senders.js';
import { isEntryFile } from './entry-file.js';
import { mergeStageOptions } from './merge-stage-options.js';
import type { ResolvedStageRef } from './resolve-stage-ref.js';
import type { StageClass } from './stage-class.js';
import { getStageDefinition, type StageDefinition } from './stage-definition.js';

export interface CheckContext {
  /** The program's main file, as in `process.argv[1]`; undefined if there is none. */
  readonly entryFile?: string;
  /** Every stage runs in this process, so that no worker has to find its file. */
  readonly inline?: boolean;
}

export function checkStage({ stageClass, overrides }: ResolvedStageRef, context: CheckContext): void {
  const definition = getStageDefinition(stageClass);
  if (!definition) {
    throw new MosecConfigurationError(
      `Stage "${stageClass.name}" has no @Stage or @SseStage: decorate the class itself, as that of a base class does not count.`,
    );
  }
  const options = mergeStageOptions(definition.options, overrides);
  checkName(definition);
  checkHandler(stageClass, options.maxBatchSize ?? 1);
  checkStageOptions(stageClass.name, options);
  checkStream(definition, options);
  const isImported = options.execution !== 'inline' || hasOwnHopCodec(options);
  if (isImported && !context.inline) checkFile(definition, context.entryFile);
}

function checkName({ name, file }: StageDefinition): void {
  if (name !== '') return;
  throw new MosecConfigurationError(
    `A stage class in "${file ?? 'an unknown file'}" has no name, by which its workers would find it: give it one.`,
  );
}

function checkHandler(stageClass: StageClass, maxBatchSize: number): void {
  const { name } = stageClass;
  const { forward, forwardBatch } = stageClass.prototype as Record<string, unknown>;
  if (typeof forwardBatch === 'function') return;
  if (typeof forward !== 'function') {
    throw new MosecConfigurationError(
      `Stage "${name}" has neither forward nor forwardBatch: add one of them, as a method and not as a property.`,
    );
  }
  if (maxBatchSize > 1) {
    throw new MosecConfigurationError(
      `Stage "${name}" has maxBatchSize ${maxBatchSize} but only forward, which takes one item: ` +
        'implement forwardBatch, or leave maxBatchSize out.',
    );
  }
}

function checkFile({ name, file }: StageDefinition, entryFile: string | undefined): void {
  if (file === undefined) {
    throw new MosecConfigurationError(
      `The file of stage "${name}" is unknown, and its workers have to import it: ` +
        'name it with @Stage({ file: import.meta.url }).',
    );
  }
  if (entryFile !== undefined && isEntryFile(file, entryFile)) {
    throw new MosecConfigurationError(
      `Stage "${name}" is declared in the main file, which every worker would run again: ` +
        'move it to a file of its own, and build with tsc or swc if a bundler put it there.',
    );
  }
}

/** A worker finds its class by file and name, so no two may share both. */
export function checkStageNames(stageClasses: readonly StageClass[]): void {
  const seen = new Set<string>();
  for (const stageClass of new Set(stageClasses)) {
    const key = `${getStageDefinition(stageClass)?.file} ${stageClass.name}`;
    if (seen.has(key)) {
      throw new MosecConfigurationError(
        `Two stage classes named "${stageClass.name}" are declared in one file, ` +
          'and workers cannot tell them apart: rename one of them.',
      );
    }
    seen.add(key);
  }
}
