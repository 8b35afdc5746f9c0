import type { StageClass } from '../decorators/stage-class.js';
import { findRegisteredStage, registeredStageNames } from '../decorators/stage-registry.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';

/**
 * The stage class that importing `file` declares.
 * @throws MosecConfigurationError when it declares no such class
 */
export async function findStage(file: string, className: string): Promise<StageClass> {
  await import(file);
  const stageClass = findRegisteredStage(file, className);
  if (stageClass) return stageClass;
  const known = registeredStageNames(file).join(', ') || 'none';
  throw new MosecConfigurationError(
    `Stage class "${className}" was not registered by importing ${file} (registered there: ${known}): ` +
      'declare the class at the top level of a module, or name that module with @Stage({ file: import.meta.url }).',
  );
}
