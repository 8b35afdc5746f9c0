/** The peer sent something that is no valid frame; the channel cannot be trusted any more. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
