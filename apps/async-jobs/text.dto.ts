import { ApiProperty } from '@nestjs/swagger';
import { IsString, MinLength } from 'class-validator';

export class TextRequest {
  @ApiProperty({ example: 'to be or not to be' })
  @IsString()
  @MinLength(1)
  text!: string;
}
