import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { NdArray } from 'nestjs-mosec';
import { IsNdArray } from './is-nd-array.js';

/** In msgpack, with arrays as `numbin.msg_ext` writes them. */
export class SegmentRequest {
  @IsNdArray(['uint8'], ['height', 'width', 3])
  @ApiProperty({ type: 'string', format: 'binary', description: 'RGB: uint8 [height, width, 3]' })
  image!: NdArray<'uint8'>;

  @IsNdArray(['int32', 'int64', 'float32', 'float64'], ['points', 2])
  @ApiProperty({ type: 'string', format: 'binary', description: 'x and y in pixels: [points, 2]' })
  points!: NdArray;

  @IsOptional()
  @IsNdArray(['int32', 'int64', 'uint8'], ['points'])
  @ApiPropertyOptional({
    type: 'string',
    format: 'binary',
    description: '1 for a point on the thing, 0 for one beside it: [points]. Without it, all are on it.',
  })
  labels?: NdArray;
}
