import { ApiProperty } from '@nestjs/swagger';
import { IsInstance } from 'class-validator';

export class Wrapped {
  @ApiProperty({ type: 'string', format: 'binary' })
  @IsInstance(Uint8Array)
  bin!: Uint8Array;
}
