import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Opens the port of an initialised application. Nest logs a failure in its own words too, as an error of the server;
 * here it is only thrown, and said once by whoever catches it.
 */
export function listen(app: NestFastifyApplication, port: number, address: string): Promise<unknown> {
  const server = app.getHttpServer();
  const earlier = server.listeners('error');
  const listening = app.listen(port, address);
  const added = server.listeners('error').filter((listener) => !earlier.includes(listener));
  for (const listener of added) server.off('error', listener as (error: Error) => void);
  return listening;
}
