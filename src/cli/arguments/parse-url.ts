import { UsageError } from '../usage.error.js';

/** @param what for the error, e.g. `--metrics` */
export function parseUrl(what: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new UsageError(
    `${what} "${text}" cannot be used: it has to begin with http:// or https://, such as http://localhost:8000/predict.`,
  );
}
