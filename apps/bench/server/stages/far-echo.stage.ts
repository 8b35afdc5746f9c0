import { bytes, Stage, type ItemStage } from 'nestjs-mosec';

/** As `Echo`, on a worker host. */
@Stage({ codec: bytes, placement: 'remote' })
export class FarEcho implements ItemStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  forward(body: Buffer): Buffer {
    return body;
  }
}
