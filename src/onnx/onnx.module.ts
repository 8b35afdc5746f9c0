import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { WorkerContext } from '../worker/worker-context.js';
import { OnnxSession } from './onnx-session.js';
import { openSession } from './open-session.js';
import { getOnnxSessionToken } from './session-token.js';
import type { ModelSource } from './model-source.js';
import type { OnnxOptions } from './session-options.interface.js';

/** ONNX models for the `imports` of a stage, by the optional package `onnxruntime-node`. @publicApi */
@Module({})
export class OnnxModule {
  /**
   * Provides the model as `OnnxSession`, or under its name; loaded in the worker and released with it.
   *
   * @example
   * @Stage({ imports: [OnnxModule.forFile('models/classifier.onnx')] })
   * export class Classify { constructor(private readonly session: OnnxSession) {} … }
   * @publicApi
   */
  static forFile(model: ModelSource, options: OnnxOptions = {}): DynamicModule {
    const provide = options.name === undefined ? OnnxSession : getOnnxSessionToken(options.name);
    const provider: FactoryProvider<OnnxSession> = {
      provide,
      inject: [{ token: WorkerContext, optional: true }],
      useFactory: (worker?: WorkerContext) => openSession(model, options, worker?.replicas ?? 1),
    };
    return { module: OnnxModule, providers: [provider], exports: [provide] };
  }
}
