/** How far a run is; grows. */
export interface BatchTally {
  /** Lines of the output, those of earlier runs too. */
  lines: number;
  failed: number;
  /** Lines that earlier runs have left. */
  earlier: number;
  /** Bytes of the input that the lines of the output stand for. */
  inputBytes: number;
  /** Of `inputBytes` those of earlier runs. */
  earlierBytes: number;
  /** Lines on their way. */
  active: number;
}

export const newTally = (): BatchTally => ({
  lines: 0,
  failed: 0,
  earlier: 0,
  inputBytes: 0,
  earlierBytes: 0,
  active: 0,
});
