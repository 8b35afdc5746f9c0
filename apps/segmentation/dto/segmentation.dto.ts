import { ApiProperty } from '@nestjs/swagger';
import type { NdArray } from 'nestjs-mosec';

export class Segmentation {
  @ApiProperty({ type: 'string', format: 'binary', description: 'bool [height, width]' })
  mask!: NdArray<'bool'>;

  /** How well the model thinks that the mask fits, from 0 to 1. */
  @ApiProperty()
  score!: number;
}
