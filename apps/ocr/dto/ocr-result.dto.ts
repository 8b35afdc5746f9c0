import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { OcrLine } from './ocr-line.dto.js';

@ApiSchema({ name: 'OcrResult' })
export class OcrResult {
  @ApiProperty({
    type: [OcrLine],
    description: 'In reading order: columns one after the other. Empty for a page without text.',
  })
  lines!: OcrLine[];

  @ApiProperty({ type: 'integer', description: 'Width of the upright image, in pixels.', minimum: 1, example: 640 })
  width!: number;

  @ApiProperty({ type: 'integer', description: 'Height of the upright image, in pixels.', minimum: 1, example: 480 })
  height!: number;
}
