import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

const MOST_VALUES = 100_000;

export class PredictRequest {
  @ApiProperty({ example: 2000 })
  @IsInt()
  @Min(1)
  @Max(MOST_VALUES)
  size!: number;
}
