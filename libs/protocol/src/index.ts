export { joinParts } from './join-parts.js';
export { FrameType, LAST_RESULT, type Frame } from './frame.js';
export { FrameReader } from './frame-reader.js';
export { ByteRing } from './byte-ring.js';
export { RingReader } from './ring-reader.js';
export { RingWriter } from './ring-writer.js';
export { encodeBatch, decodeBatch } from './batch-frame.js';
export { isStored, readStoredHandle, storedHandle, type StoredHandle } from './stored-handle.js';
export { encodeResults, decodeResults, type ItemResult } from './result-frame.js';
export { encodeFree, decodeFree, encodeRegion, decodeRegion } from './memory-frame.js';
export { encodeEvents, decodeEvents, encodeCredit, decodeCredit } from './event-frame.js';
export { encodeIndexes, decodeIndexes } from './index-frame.js';
export {
  encodeControl,
  decodeControl,
  type ToWorker,
  type FromWorker,
  type InitMessage,
  type ReadyMessage,
  type FailedMessage,
  type LogMessage,
} from './control-message.js';
export { encodeMetrics, decodeMetrics } from './metrics-text.js';
export { decodeFromWorker } from './from-worker.js';
export { encodeError, decodeError } from './error-payload.js';
export { ProtocolError } from './protocol.error.js';
