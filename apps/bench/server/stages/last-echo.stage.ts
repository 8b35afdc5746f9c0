import { bytes, Stage, type ItemStage } from 'nestjs-mosec';

@Stage({ codec: bytes })
export class LastEcho implements ItemStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  forward(body: Buffer): Buffer {
    return body;
  }
}
