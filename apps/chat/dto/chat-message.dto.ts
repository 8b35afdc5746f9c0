import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';

const ROLES = ['system', 'developer', 'user', 'assistant'] as const;

export class ChatMessage {
  @IsIn(ROLES)
  @ApiProperty({ enum: ROLES })
  role!: (typeof ROLES)[number];

  @IsString()
  @ApiProperty({ example: 'A worker that' })
  content!: string;
}
