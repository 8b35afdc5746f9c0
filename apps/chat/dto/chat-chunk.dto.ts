import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Usage } from './usage.dto.js';

export type FinishReason = 'stop' | 'length';

class Delta {
  @ApiPropertyOptional()
  role?: 'assistant';

  @ApiPropertyOptional()
  content?: string;
}

class ChunkChoice {
  @ApiProperty()
  index!: number;

  @ApiProperty()
  delta!: Delta;

  @ApiProperty({ type: String, nullable: true })
  finish_reason!: FinishReason | null;
}

/** One event of a streamed answer. */
export class ChatChunk {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  object!: 'chat.completion.chunk';

  @ApiProperty()
  created!: number;

  @ApiProperty()
  model!: string;

  @ApiProperty({ type: [ChunkChoice] })
  choices!: ChunkChoice[];

  @ApiPropertyOptional()
  usage?: Usage;
}
