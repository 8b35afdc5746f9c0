/** Largest body of one frame that either side accepts, in bytes. A larger announcement ends the channel. */
export const MAX_FRAME_BYTES = 1 << 30;

/** Largest control message, in bytes. */
export const MAX_CONTROL_BYTES = 16 << 20;

/** Payloads up to this many bytes are copied into the frame's buffer: cheaper than one more buffer to write. */
export const COPY_THRESHOLD_BYTES = 8 << 10;
