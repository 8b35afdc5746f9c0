import { CHANNELS, type Raster } from '../image/raster.js';

/** Share of the strongest contrast from which a pixel counts as ink. */
const INK_SHARE = 0.5;
/** Weaker contrast than this (of 255) is paper grain. */
const MIN_CONTRAST = 24;
/** A row inked along more than this share of the line is an underline or a frame, not writing. */
const RULE_SHARE = 0.85;

/** 1 for each pixel of a line that a pen touched. Light text on dark ground counts alike, rules and frames do not. */
export function inkMask(line: Raster): Uint8Array {
  const contrast = contrastToBackground(line);
  const threshold = Math.max(MIN_CONTRAST, INK_SHARE * percentile(contrast, 0.98));
  const mask = contrast.map((value) => (value >= threshold ? 1 : 0));
  for (let y = 0; y < line.height; y++) {
    const row = mask.subarray(y * line.width, (y + 1) * line.width);
    if (row.reduce((sum, ink) => sum + ink, 0) > RULE_SHARE * line.width) row.fill(0);
  }
  return mask;
}

/** For each column of a mask, 1 if there is ink. */
export function inkProfile(mask: Uint8Array, width: number): Uint8Array {
  const profile = new Uint8Array(width);
  mask.forEach((ink, index) => (profile[index % width]! |= ink));
  return profile;
}

/** Largest difference of any channel between a pixel and the commonest colour. */
function contrastToBackground({ width, height, data }: Raster): Uint8Array {
  const background = commonestColour(data);
  const contrast = new Uint8Array(width * height);
  for (let i = 0; i < contrast.length; i++) {
    for (let c = 0; c < CHANNELS; c++) {
      contrast[i] = Math.max(contrast[i]!, Math.abs(data[i * CHANNELS + c]! - background[c]!));
    }
  }
  return contrast;
}

/** Colours are counted in cells of 16 levels a side, the winner is the mean of its cell. */
function commonestColour(data: Uint8Array): number[] {
  const cells = new Map<number, number[]>();
  let winner = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += CHANNELS) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const key = ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4);
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    cells.set(key, cell);
    [r, g, b, 1].forEach((value, index) => (cell[index]! += value));
    if (cell[CHANNELS]! > winner[CHANNELS]!) winner = cell;
  }
  return winner.slice(0, CHANNELS).map((sum) => sum / winner[CHANNELS]!);
}

function percentile(values: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]! += 1;
  let left = values.length * (1 - share);
  let level = 255;
  while (level > 0 && (left -= counts[level]!) > 0) level -= 1;
  return level;
}
