import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

const MOST = 1000;

export class CountRequest {
  @ApiProperty({ example: 3 })
  @IsInt()
  @Min(1)
  @Max(MOST)
  to!: number;
}

export class Progress {
  @ApiProperty({ example: 1 })
  step!: number;
}
