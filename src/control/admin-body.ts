import { ClientError } from '#libs/contracts';

/**
 * The JSON body of a request for runtime control, `{}` where there is none.
 * @throws ClientError naming what is not understood
 */
export function adminBody<K extends string>(body: unknown, ...known: readonly K[]): Partial<Record<K, unknown>> {
  if (body === undefined || body === null || body === '') return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new ClientError('the body is no JSON object: send one, with Content-Type: application/json');
  }
  const unknown = Object.keys(body).find((key) => !(known as readonly string[]).includes(key));
  if (unknown === undefined) return body;
  const cure = known.length > 0 ? `send ${known.map((key) => `"${key}"`).join(', ')} alone` : 'send no body';
  throw new ClientError(`"${unknown}" means nothing here: ${cure}`);
}
