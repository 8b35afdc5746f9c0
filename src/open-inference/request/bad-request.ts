import { ClientError } from '#libs/contracts';
import type { ServedModel } from '../model/served-model.js';

/** Most dimensions that an error repeats: a hostile shape may have any number. */
const SHOWN_DIMENSIONS = 16;

/** An error that blames the request: 400 naming the model. */
export function badRequest(model: Pick<ServedModel, 'name'>, text: string): ClientError {
  return new ClientError(`model "${model.name}": ${text}`);
}

/** A shape for an error text. */
export function shown(shape: readonly number[]): string {
  const more = shape.length > SHOWN_DIMENSIONS ? ', …' : '';
  return `[${shape.slice(0, SHOWN_DIMENSIONS).join(', ')}${more}]`;
}
