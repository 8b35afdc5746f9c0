/**
 * Whether a logger wants fields before the message, as pino does, and not behind it, as Nest does. The `Logger` of
 * nestjs-pino drops what comes behind; its `NativeLogger` is one of Nest's manner.
 */
export function fieldsFirst(logger: unknown): boolean {
  return typeof logger === 'object' && logger !== null && 'contextName' in logger && !('structuredParams' in logger);
}
