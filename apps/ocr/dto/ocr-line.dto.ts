import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Box } from './box.dto.js';

@ApiSchema({ name: 'OcrLine' })
export class OcrLine {
  @ApiProperty({ example: 'Dear reader,' })
  text!: string;

  @ApiProperty({
    description: 'Geometric mean of the probabilities of its letters.',
    minimum: 0,
    maximum: 1,
    example: 0.99,
  })
  confidence!: number;

  @ApiProperty({ type: Box })
  box!: Box;
}
