/** So much of an error's body is looked at. */
export const ERROR_BODY_BYTES = 4096;

/** The `code` of an error that is answered as JSON, as this package does. */
export function codeOfBody(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const code = typeof value === 'object' && value !== null && 'code' in value ? value.code : undefined;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Of an error of the connection: the code of the system, such as `ECONNRESET`, else its name. */
export function codeOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
