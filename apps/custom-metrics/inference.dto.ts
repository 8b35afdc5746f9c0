import { ApiProperty } from '@nestjs/swagger';
import { IsInt } from 'class-validator';

export class InferenceRequest {
  @ApiProperty({ example: 1 })
  @IsInt()
  num!: number;
}
