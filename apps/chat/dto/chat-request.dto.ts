import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { ChatMessage } from './chat-message.dto.js';

const MOST_TOKENS = 4096;

/** What this model uses of OpenAI's request: https://platform.openai.com/docs/api-reference/chat/create */
export class ChatRequest {
  @ValidateNested({ each: true })
  @Type(() => ChatMessage)
  messages!: ChatMessage[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  max_tokens?: number;

  /** The same seed and messages give the same answer. */
  @IsOptional()
  @IsInt()
  seed?: number;
}
