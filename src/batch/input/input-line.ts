import { type TextLine } from './text-line.js';

/** A line of the input, with the fingerprint of the input up to its end. */
export interface InputLine extends TextLine {
  readonly fingerprint: string;
}
