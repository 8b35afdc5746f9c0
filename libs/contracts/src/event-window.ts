/**
 * Bytes of events of one stream that may be on their way and unread. A worker sends as long as less is unread, so that
 * what is on its way exceeds this by what it sends at once.
 */
export const EVENT_WINDOW_BYTES = 64 << 10;
