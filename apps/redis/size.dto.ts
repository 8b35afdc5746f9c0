import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

const MOST_ELEMENTS = 4_000_000;

export class SizeRequest {
  @ApiProperty({ example: 100_000 })
  @IsInt()
  @Min(1)
  @Max(MOST_ELEMENTS)
  size!: number;
}
