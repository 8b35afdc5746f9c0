import { getPipelineStages } from '../decorators/pipeline-stages.js';
import { getPipelineStream } from '../decorators/pipeline-stream.js';
import type { PipelineClass } from '../decorators/pipeline-types.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { OpenAiModels, PipelinesByModel } from './model-types.js';

/**
 * Refuses at start what the compiler was not asked about.
 * @throws MosecConfigurationError naming the first culprit and the cure
 */
export function checkModels({ embeddings = {}, chat = {} }: OpenAiModels): void {
  if (Object.keys(embeddings).length + Object.keys(chat).length === 0) {
    throw new MosecConfigurationError(
      'OpenAiModule.forFeature() names no model: give it pipelines as "embeddings" or "chat".',
    );
  }
  forEachPipeline(embeddings, (model, pipelineClass) => {
    if (getPipelineStream(pipelineClass)) {
      throw refusal(model, pipelineClass, 'streams', 'end it with a @Stage that returns { embedding, tokens }');
    }
  });
  forEachPipeline(chat, (model, pipelineClass) => {
    if (!getPipelineStream(pipelineClass)?.sendResult) {
      const cure = 'end it with an @SseStage({ sendResult: true }) that returns { finish_reason, usage }';
      throw refusal(model, pipelineClass, 'does not stream its answer and its end', cure);
    }
  });
}

function forEachPipeline(models: PipelinesByModel, check: (model: string, pipelineClass: PipelineClass) => void): void {
  for (const [model, pipelineClass] of Object.entries(models)) {
    // What is no pipeline at all is refused with the pipelines of other modules.
    if (typeof pipelineClass === 'function' && getPipelineStages(pipelineClass)) check(model, pipelineClass);
  }
}

function refusal(model: string, { name }: PipelineClass, what: string, cure: string): MosecConfigurationError {
  return new MosecConfigurationError(`Pipeline "${name}" of model "${model}" ${what}: ${cure}.`);
}
