import { setTimeout as sleep } from 'node:timers/promises';
import { bytes, Stage, type ItemStage } from 'nestjs-mosec';

const WORK_MS = 10;

/** One request at a time, 10 ms each: what it takes more is that of the timer. */
@Stage({ codec: bytes })
export class TenMs implements ItemStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  async forward(body: Buffer): Promise<Buffer> {
    await sleep(WORK_MS);
    return body;
  }
}
