import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsInt, IsNumber, IsPositive, IsString, Min, ValidateNested } from 'class-validator';

export class Position {
  @ApiProperty({ example: 'apple' })
  @IsString()
  name!: string;

  @ApiProperty({ example: 2 })
  @IsInt()
  @Min(1)
  count!: number;

  @ApiProperty({ example: 0.5 })
  @IsNumber()
  @IsPositive()
  price!: number;

  get total(): number {
    return this.count * this.price;
  }
}

export class Order {
  @ApiProperty({ type: [Position] })
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => Position)
  positions!: Position[];
}

export class Total {
  @ApiProperty({ example: 1 })
  total!: number;
}
