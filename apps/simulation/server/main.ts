import { MosecFactory } from 'nestjs-mosec';
import { AppModule } from './app.module.js';

/** A gateway, or with `--role worker` a host, under measurement. */
await MosecFactory.listen(AppModule);
// Whoever measures has ended without a word: nobody would stop this server.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
