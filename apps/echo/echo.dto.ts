import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

export class EchoRequest {
  @ApiProperty({ example: 'hello' })
  @IsString()
  @MaxLength(10_000)
  text!: string;
}

export class EchoResponse {
  @ApiProperty({ example: 'HELLO' })
  text!: string;

  @ApiProperty({ example: 5 })
  length!: number;
}
