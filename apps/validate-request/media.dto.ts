import { ApiProperty } from '@nestjs/swagger';
import { IsInstance, IsOptional, IsString } from 'class-validator';

export class Media {
  @ApiProperty({ type: 'string', format: 'binary' })
  @IsInstance(Uint8Array)
  bin!: Uint8Array;

  @ApiProperty({ default: 'test' })
  @IsOptional()
  @IsString()
  name?: string;
}
