import { availableParallelism } from 'node:os';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { LoadedSession } from './loaded-session.js';
import { loadRuntime, type Runtime } from './load-runtime.js';
import { modelName, modelPath, type ModelSource } from './model-source.js';
import type { OnnxOptions } from './session-options.interface.js';
import { threadBudget } from './thread-budget.js';

/**
 * @param replicas processes that have the same model and share the machine
 * @throws MosecConfigurationError naming the file if it cannot be loaded
 */
export async function openSession(
  source: ModelSource,
  { threads, session }: OnnxOptions,
  replicas: number,
): Promise<LoadedSession> {
  const runtime = loadRuntime();
  const path = modelPath(source);
  const options = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads ?? threadBudget(availableParallelism(), replicas),
    interOpNumThreads: 1,
    ...session,
  };
  return new LoadedSession(modelName(path), await create(runtime, path, options), runtime);
}

async function create(runtime: Runtime, path: string, options: OnnxOptions['session']) {
  try {
    return await runtime.InferenceSession.create(path, options);
  } catch (cause) {
    throw new MosecConfigurationError(
      `Model file "${path}" cannot be loaded, ${(cause as Error).message}: give the path of an ONNX file.`,
      { cause },
    );
  }
}
