import { IsIn, IsString } from 'class-validator';

const ROLES = ['system', 'developer', 'user', 'assistant'] as const;

/** This model reads texts alone. */
export class ChatMessage {
  @IsIn(ROLES)
  role!: (typeof ROLES)[number];

  @IsString()
  content!: string;
}
