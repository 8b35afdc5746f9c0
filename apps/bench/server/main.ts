import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { MosecFactory } from 'nestjs-mosec';
import { AppModule } from './app.module.js';
import { addBareRoute } from './bare-route.js';
import { addInsideRoute } from './inside-route.js';

/** The server under load, in a process of its own. The benchmark is told which port was opened. */
const app: NestFastifyApplication = await MosecFactory.create(AppModule, { logger: ['warn', 'error', 'fatal'] });
addBareRoute(app.getHttpAdapter().getInstance());
addInsideRoute(app);
app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address() as AddressInfo;
process.send?.({ port });
// The benchmark has ended without a word: nobody would stop this server.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
