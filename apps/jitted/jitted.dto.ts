import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsNumber } from 'class-validator';

export const INPUT_SIZE = 3;

export class Sample {
  @ApiProperty({ type: [Number], example: [1, 2, 3] })
  @IsNumber({}, { each: true })
  @ArrayMinSize(INPUT_SIZE)
  @ArrayMaxSize(INPUT_SIZE)
  array!: number[];
}

export class Category {
  @ApiProperty({ example: 1 })
  category!: number;

  @ApiProperty({ example: 1, description: 'Batch size of the session that computed it' })
  compiledFor!: number;
}
