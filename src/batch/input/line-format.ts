/** `plain`: a line is a body. `openai`: a line is a request of a batch file of OpenAI, with the body inside. */
export type LineFormat = 'plain' | 'openai';

const ENVELOPE = new Set(['custom_id', 'method', 'url', 'body']);

/** The format of a file, judged by the first line that is JSON. */
export function formatOf(value: unknown): LineFormat {
  if (typeof value !== 'object' || value === null) return 'plain';
  const names = Object.keys(value);
  const isEnvelope = 'custom_id' in value && 'body' in value && names.every((name) => ENVELOPE.has(name));
  return isEnvelope ? 'openai' : 'plain';
}
