import { bytes, Stage, type ItemStage } from 'nestjs-mosec';

/** One request at a time. */
@Stage({ codec: bytes })
export class Echo implements ItemStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  forward(body: Buffer): Buffer {
    return body;
  }
}
