export { OpenAiModule } from './open-ai.module.js';
export { BearerKeyGuard } from './bearer-key.guard.js';
export type { OpenAiModels, PipelinesByModel } from './model-types.js';
export type { OpenAiOptions } from './open-ai-options.interface.js';
export type { Embedding, EmbeddingInput } from './embedding-types.js';
export type { ChatDelta, ChatEnd, ChatEvent, ChatMessage, ChatRequest, ToolCallDelta } from './chat-types.js';
