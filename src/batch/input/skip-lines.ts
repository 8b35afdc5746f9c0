import { type Progress } from '../output/result-sink.js';
import { type InputLine } from './input-line.js';

/**
 * Passes over lines that are done.
 * @param expected how the input has to begin
 * @param passed is shown what is passed over
 * @throws Error when the input begins otherwise, or is shorter
 */
export async function* skipLines(
  lines: AsyncIterable<InputLine>,
  done: number,
  expected: Progress | undefined,
  passed: (line: InputLine) => void,
): AsyncGenerator<InputLine> {
  let last = 0;
  for await (const line of lines) {
    last = line.number;
    if (last === expected?.lines && line.fingerprint !== expected.fingerprint) throw changed();
    if (last > done) yield line;
    else passed(line);
  }
  if (last < done) throw changed();
}

const changed = (): Error =>
  new Error(
    'The input is not the one that the output was begun with: give that one, or start over with --restart, which drops the output.',
  );
