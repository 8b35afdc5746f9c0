import { ValidationError } from '#libs/contracts';
import type { Schema } from '../interfaces/schema.interface.js';
import { acceptInput } from './accept-input.js';

/**
 * How the results of a stage with this `output` are checked: throws, or rejects with, an error that is the stage's
 * fault and names the property, for the log. Results leave as they are.
 */
export function checkOutput(stage: string, output: Schema): (value: unknown) => unknown {
  const accept = acceptInput(output);
  const refuse = (error: unknown): never => {
    if (!(error instanceof ValidationError)) throw error;
    throw new Error(`stage "${stage}" returned what its output does not allow: ${error.message}`);
  };
  return (value) => {
    try {
      const accepted = accept(value);
      return accepted instanceof Promise ? accepted.catch(refuse) : undefined;
    } catch (error) {
      return refuse(error);
    }
  };
}
