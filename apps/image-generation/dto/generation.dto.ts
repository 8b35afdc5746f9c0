import { ApiProperty } from '@nestjs/swagger';

export class Generation {
  /** PNG. */
  @ApiProperty({ type: 'string', format: 'binary' })
  image!: Uint8Array;

  /** With which the request gives the same picture again. */
  @ApiProperty()
  seed!: number;
}
