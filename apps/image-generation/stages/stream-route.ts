/** The route whose answers are streams; the other one answers the picture alone. */
export const STREAM_ROUTE = '/generate/stream';
