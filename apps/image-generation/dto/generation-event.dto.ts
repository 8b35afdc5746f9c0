import { ApiPropertyOptional } from '@nestjs/swagger';

/** Data of `event: progress`, once a step, and of the last one, `event: image`. */
export class GenerationEvent {
  /** From 1. */
  @ApiPropertyOptional()
  step?: number;

  @ApiPropertyOptional()
  steps?: number;

  /** PNG in base64. */
  @ApiPropertyOptional()
  image?: string;

  @ApiPropertyOptional()
  seed?: number;
}
