/** @throws naming the option unless `text` is one of `all` */
export function choice<T extends string>(option: string, text: string, all: readonly T[]): T {
  const found = all.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new Error(`"--${option} ${text}" must be one of ${all.join(', ')}.`);
}

/** Names separated by commas. @throws naming the option unless each is one of `all` */
export function choices<T extends string>(option: string, text: string, all: readonly T[]): T[] {
  return text.split(',').map((name) => choice(option, name, all));
}

/** @throws naming the option unless `text` is a number in the bounds */
export function numberOf(option: string, text: string, least: number, most: number): number {
  const value = parseNumber(text);
  if (value >= least && value <= most) return value;
  throw new Error(`"--${option} ${text}" must be a number from ${least} to ${most}.`);
}

/** @throws naming the option unless `text` is a whole number in the bounds */
export function wholeNumberOf(option: string, text: string, least: number, most: number, parse = parseNumber): number {
  const value = parse(text);
  if (value >= least && value <= most && Number.isInteger(value)) return value;
  throw new Error(`"--${option} ${text}" must be a whole number from ${least} to ${most}.`);
}

function parseNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
