import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsString } from 'class-validator';

/** One request is one item of a batch: it must not keep the others waiting for long. */
const MOST_DOCUMENTS = 64;

export class RerankRequest {
  @IsString()
  @ApiProperty({ example: 'cat food' })
  query!: string;

  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_DOCUMENTS)
  @IsString({ each: true })
  @ApiProperty({ type: [String], maxItems: MOST_DOCUMENTS, example: ['dog', 'food for a cat'] })
  documents!: string[];
}

export class RankedDocument {
  /** Its place in the request. */
  @ApiProperty()
  index!: number;

  /** From 0 to 1. */
  @ApiProperty()
  score!: number;
}

export class RerankAnswer {
  /** The best first. */
  @ApiProperty({ type: [RankedDocument] })
  results!: RankedDocument[];
}
