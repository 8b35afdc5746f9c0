import { msgpack, Stage, type ItemStage } from 'nestjs-mosec';
import { Media } from '../media.dto.js';

/** Turns away what is no request before the batch stage sees it. */
@Stage({ codec: msgpack, input: Media })
export class Preprocess implements ItemStage<Media, Uint8Array> {
  readonly example = { bin: Buffer.from('warm-up') };

  forward({ bin }: Media): Uint8Array {
    return bin;
  }
}
