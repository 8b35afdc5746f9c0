import { ApiProperty } from '@nestjs/swagger';
import { ChatMessage } from './chat-message.dto.js';
import type { FinishReason } from './chat-chunk.dto.js';
import { Usage } from './usage.dto.js';

class Choice {
  @ApiProperty()
  index!: number;

  @ApiProperty()
  message!: ChatMessage;

  @ApiProperty({ type: String })
  finish_reason!: FinishReason;
}

/** A whole answer. */
export class ChatCompletion {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  object!: 'chat.completion';

  @ApiProperty()
  created!: number;

  @ApiProperty()
  model!: string;

  @ApiProperty({ type: [Choice] })
  choices!: Choice[];

  @ApiProperty()
  usage!: Usage;
}
