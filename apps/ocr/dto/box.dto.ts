import { ApiProperty, ApiSchema } from '@nestjs/swagger';

@ApiSchema({ name: 'Box', description: 'Rectangle on the upright image, in pixels from its top left corner.' })
export class Box {
  @ApiProperty({ type: 'integer', minimum: 0, example: 48 })
  x!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 40 })
  y!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 310 })
  width!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 32 })
  height!: number;
}
