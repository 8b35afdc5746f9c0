import { ApiProperty } from '@nestjs/swagger';

export class Prediction {
  @ApiProperty({ example: 'golden retriever' })
  label!: string;

  /** Probability, from 0 to 1. */
  @ApiProperty({ example: 0.93 })
  score!: number;
}

export class Classification {
  /** The likeliest classes, likeliest first. */
  @ApiProperty({ type: [Prediction] })
  predictions!: Prediction[];
}
