import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsBoolean, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import { ChatMessage } from './chat-message.dto.js';

const MOST_TOKENS = 4096;

class StreamOptions {
  /** Whether the last chunk tells how many tokens there were. */
  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional()
  include_usage?: boolean;
}

/** The part of OpenAI's request that this model knows: https://platform.openai.com/docs/api-reference/chat/create */
export class ChatRequest {
  @IsString()
  @ApiProperty({ example: 'markov-2' })
  model!: string;

  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => ChatMessage)
  @ApiProperty({ type: [ChatMessage] })
  messages!: ChatMessage[];

  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional({ default: false })
  stream?: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => StreamOptions)
  @ApiPropertyOptional()
  stream_options?: StreamOptions;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  @ApiPropertyOptional({ default: 64 })
  max_tokens?: number;

  /** The same seed and messages give the same answer. */
  @IsOptional()
  @IsInt()
  @ApiPropertyOptional({ default: 1 })
  seed?: number;
}
