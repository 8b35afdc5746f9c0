import { ApiProperty } from '@nestjs/swagger';

/** Tokens of this model are words with what punctuation they carry. */
export class Usage {
  @ApiProperty()
  prompt_tokens!: number;

  @ApiProperty()
  completion_tokens!: number;

  @ApiProperty()
  total_tokens!: number;
}
