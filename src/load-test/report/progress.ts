import { digits } from './units.js';

const WIDTH = 30;
/** Off a terminal lines stay, so fewer of them. */
const GAP_MS = { terminal: 200, file: 5000 };
const LINE_START = '\r\u001b[2K';

/** A view of the run. */
export interface ProgressView {
  /** Milliseconds since the end of the warm-up, negative before. */
  readonly elapsedMs: number;
  readonly requests: number;
  readonly failed: number;
}

/** One line for how far the run is. */
export function progressLine({ elapsedMs, requests, failed }: ProgressView, durationMs: number): string {
  if (elapsedMs < 0) return `warm-up, ${digits(Math.ceil(-elapsedMs / 1000))} s left`;
  const part = Math.min(1, elapsedMs / durationMs);
  const done = Math.round(part * WIDTH);
  const bar = `${'█'.repeat(done)}${'░'.repeat(WIDTH - done)}`;
  const left =
    part < 1 ? `${digits(Math.ceil((durationMs - elapsedMs) / 1000))} s left` : 'waiting for the last answers';
  return `${bar} ${(part * 100).toFixed(0).padStart(3)} %  ${requests} requests, ${failed} failed, ${left}`;
}

/**
 * Shows how far something is until it is told to end: on a terminal a line that changes, else a line now and then.
 * @returns ends it and clears the line
 */
export function showProgress(
  line: () => string,
  { isTerminal, write }: { readonly isTerminal: boolean; readonly write: (text: string) => void },
): () => void {
  const show = (): void => write(isTerminal ? `${LINE_START}${line()}` : `${line()}\n`);
  const timer = setInterval(show, isTerminal ? GAP_MS.terminal : GAP_MS.file);
  return () => {
    clearInterval(timer);
    if (isTerminal) write(LINE_START);
  };
}
