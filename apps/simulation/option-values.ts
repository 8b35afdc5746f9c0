import type { StageSpec } from './model/scenario.js';

const STAGE = /^(\d+(?:\.\d+)?)(?:\+(\d+(?:\.\d+)?))?x(\d+)(@gateway)?$/;
const LARGEST_BATCH = 4_096;

/** @throws naming the option unless `text` is a number in the bounds */
export function numberOf(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`"--${option} ${text}" must be a number from ${least} to ${most}.`);
}

/** @throws naming the option unless `text` is a whole number in the bounds */
export function wholeNumberOf(option: string, text: string, least: number, most: number): number {
  const value = numberOf(option, text, least, most);
  if (Number.isInteger(value)) return value;
  throw new Error(`"--${option} ${text}" must be a whole number from ${least} to ${most}.`);
}

/** @throws naming the option unless `text` is `auto`, hence undefined, or a whole number in the bounds */
export function autoOr(option: string, text: string, least: number, most: number): number | undefined {
  return text === 'auto' ? undefined : wholeNumberOf(option, text, least, most);
}

/** @throws naming the option unless `text` is one of `all` */
export function choice<T extends string>(option: string, text: string, all: readonly T[]): T {
  const found = all.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new Error(`"--${option} ${text}" must be one of ${all.join(', ')}.`);
}

/** `20+0.5x32,2x8@gateway`. @throws naming what is no stage */
export function stagesOf(text: string): StageSpec[] {
  const stages = text.split(',').map((part) => stageOf(part));
  if (stages.some(({ isLocal }) => !isLocal)) return stages;
  throw new Error(`"--stages ${text}" must have a stage that is not "@gateway": there is nothing for hosts to do.`);
}

function stageOf(text: string): StageSpec {
  const [, baseMs, itemMs = '0', batch, local] = STAGE.exec(text) ?? [];
  const maxBatchSize = Number(batch);
  if (baseMs === undefined || maxBatchSize < 1 || maxBatchSize > LARGEST_BATCH) {
    throw new Error(
      `"${text}" of "--stages" must be <ms per batch>+<ms per item>x<largest batch>, for instance 20+0.5x32 or 2x8@gateway.`,
    );
  }
  return { baseMs: Number(baseMs), itemMs: Number(itemMs), maxBatchSize, isLocal: local !== undefined };
}
