import type { ModuleMetadata, Provider } from '@nestjs/common';
import type { Codec, HopCodec } from '#libs/contracts';
import type { RedisHandOver, SharedMemoryHandOver } from '#libs/handover';
import type { Schema } from './schema.interface.js';
import type { StageRuntimeOptions } from './stage-runtime-options.interface.js';

/** Modules that a stage's worker imports. */
export type StageImports = NonNullable<ModuleMetadata['imports']>;

/** Options of `@Stage`. @publicApi */
export interface StageOptions<In extends Schema = Schema, Out extends Schema = Schema> extends StageRuntimeOptions {
  /**
   * Validates what the stage takes; published in OpenAPI when the stage is a pipeline's first. A value that it
   * refuses answers 422 for that item alone.
   * @default none
   */
  readonly input?: In;
  /**
   * Describes what the stage returns; published in OpenAPI when the stage is a pipeline's last. Results are checked
   * against it unless `NODE_ENV` is `production`; one that fails answers 500, and the log names the property.
   * @default none
   */
  readonly output?: Out;
  /**
   * How bodies are written: requests when this is a pipeline's first stage, answers when it is the last. A single
   * one ignores the request's `Content-Type`; with several `Content-Type` and `Accept` choose, the first by default.
   * Where none of them writes (`multipart`, `image`), answers are JSON.
   * @default json
   */
  readonly codec?: Codec | readonly Codec[];
  /**
   * How the stage hands its results to the next stage, or to a `PipelineClient`: `structuredClone`, `msgpack`, `numbin`,
   * or a codec of your own; `sharedMemory()` and `redis()` choose the way and take a codec. The payload says what it is
   * in, so that the receiving stage needs no setting. The worker of a stage that follows imports this stage's file to
   * read a codec of your own, or to find the Redis.
   * @default structuredClone
   */
  readonly ipc?: HopCodec | SharedMemoryHandOver | RedisHandOver;
  /**
   * Modules for the worker, which sees nothing else of the application. A function is evaluated only there.
   * @default []
   */
  readonly imports?: StageImports | (() => StageImports);
  /**
   * Providers for the worker, which sees nothing else of the application. A function is evaluated only there.
   * @default []
   */
  readonly providers?: Provider[] | (() => Provider[]);
  /**
   * The file whose import declares the stage, as `import.meta.url` or an absolute path: for classes made by a
   * function that is called from another file, and for bundles.
   * @default the file in which the decorator is applied
   */
  readonly file?: string;
}
