import { DecodingError, msgpack, multipart, Stage, ValidationError, type ItemStage, type NdArray } from 'nestjs-mosec';
import { imageBytes, ImageRequest } from '../dto/image-request.dto.js';
import { decodeSquare, readHeader } from '../image/decode-square.js';
import { imageBody } from '../image/image-body.codec.js';
import { imageTensor } from '../image/image-tensor.js';
import { EXAMPLE_PNG } from './example.js';

const ACCEPTED: readonly string[] = ['png', 'jpeg', 'webp', 'gif'];
const MAX_PIXELS = 40_000_000;
/** ResNet's: the shorter side resized to 256, of that the middle 224. */
const RESIZED = 256;
const CROPPED = 224;

/** What the model takes, by the name of its input. */
export type ImageTensor = { readonly pixel_values: NdArray<'float32'> };

/** Image file in, normalised pixels out. */
@Stage({ replicas: 4, codec: [msgpack, multipart, imageBody], input: ImageRequest })
export class Preprocess implements ItemStage<ImageRequest, ImageTensor> {
  readonly example: ImageRequest = { image: EXAMPLE_PNG };

  async forward({ image }: ImageRequest): Promise<ImageTensor> {
    const bytes = imageBytes(image) as Uint8Array;
    const header = await readHeader(bytes);
    if (!header || !ACCEPTED.includes(header.format)) {
      throw new DecodingError('image is not an image: send the bytes of a PNG, JPEG, WebP or GIF file');
    }
    const pixels = header.width * header.height;
    if (pixels > MAX_PIXELS) {
      throw new ValidationError(`the image has ${pixels} pixels: send one of at most ${MAX_PIXELS}`);
    }
    const picture = await decodeSquare(bytes, header, RESIZED);
    if (!picture) throw new DecodingError(`the ${header.format} image is cut off or damaged: send the whole file`);
    return { pixel_values: imageTensor(picture, CROPPED) };
  }
}
