import type { INestApplication } from '@nestjs/common';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Closes the application at the first signal and ends the process: with 0, or with 1 when requests had to be given
 * up. A second signal ends it at once; the workers see the end of their channel and follow. Works as PID 1, which
 * ignores a signal that nobody listens to.
 *
 * @param gaveUp whether requests were left when the drain timeout was over
 */
export function stopOnSignals(app: INestApplication, gaveUp: () => boolean): void {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) {
        process.stderr.write(`second signal (${signal}): stopping at once\n`);
        process.exit(1);
      }
      stopping = true;
      void app.close().then(() => process.exit(gaveUp() ? 1 : 0));
    });
  }
}
