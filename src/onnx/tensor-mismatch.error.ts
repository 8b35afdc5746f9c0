/**
 * A tensor is not what the model takes. The message names the model, the tensor, and the expected and the given shape.
 * @publicApi
 */
export class TensorMismatchError extends Error {
  override readonly name = 'TensorMismatchError';
}
