import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDivisibleBy, IsInt, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** The UNet halves its latents three times, and the decoder enlarges them eightfold. */
const SIZE_STEP = 64;
const LARGEST = 1024;
const MOST_STEPS = 250;
const HIGHEST_GUIDANCE = 30;
const LARGEST_SEED = 2 ** 32 - 1;
const LONGEST_PROMPT = 4_000;

export class GenerationRequest {
  /** What is beyond 75 tokens is cut off. */
  @IsString()
  @MaxLength(LONGEST_PROMPT)
  @ApiProperty({ example: 'a cute cat playing with a red ball' })
  prompt!: string;

  /** What the picture should not show. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PROMPT)
  @ApiPropertyOptional({ default: '' })
  negativePrompt?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_STEPS)
  @ApiPropertyOptional({ default: 25 })
  steps?: number;

  /** How closely to follow the prompt. */
  @IsOptional()
  @IsNumber()
  @Min(1)
  @Max(HIGHEST_GUIDANCE)
  @ApiPropertyOptional({ default: 7.5 })
  guidance?: number;

  /** The same seed and request give the same picture. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @ApiPropertyOptional({ default: 'a random one' })
  seed?: number;

  @IsOptional()
  @IsInt()
  @Min(SIZE_STEP)
  @Max(LARGEST)
  @IsDivisibleBy(SIZE_STEP)
  @ApiPropertyOptional({ default: 512 })
  width?: number;

  @IsOptional()
  @IsInt()
  @Min(SIZE_STEP)
  @Max(LARGEST)
  @IsDivisibleBy(SIZE_STEP)
  @ApiPropertyOptional({ default: 512 })
  height?: number;
}
