import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import type { UploadedFile } from 'nestjs-mosec';

export class ImageRequest {
  /** Bytes in msgpack, a file in a form. */
  @ValidateBy({
    name: 'isImage',
    validator: {
      validate: (value) => imageBytes(value) !== undefined,
      defaultMessage: () => 'image must be the bytes of an image file, once',
    },
  })
  @ApiProperty({ type: 'string', format: 'binary' })
  image!: Uint8Array | UploadedFile;
}

/** The bytes of a file, however it was sent; `undefined` for anything else. */
export function imageBytes(image: unknown): Uint8Array | undefined {
  const bytes = image instanceof Uint8Array ? image : (image as Partial<UploadedFile> | null | undefined)?.data;
  return bytes instanceof Uint8Array ? bytes : undefined;
}
