export { inlineExecution, type InlineExecutionOptions } from './inline-execution.js';
export { stageModule } from './stage-module.js';
export type { StageOverride } from './stage-override.interface.js';
