import { Stage, type ItemStage } from 'nestjs-mosec';
import type { OcrLine } from '../dto/ocr-line.dto.js';
import { OcrResult } from '../dto/ocr-result.dto.js';
import { arrange } from '../layout/arrange.js';
import { RecognitionModel } from '../models/recognition.model.js';
import { LineReader } from '../recognition/line-reader.js';
import { EXAMPLE_LINE } from './examples.js';
import type { PageLines } from './detect-lines.stage.js';

/**
 * Pixels of lines in, their text in reading order out. One line per run of the model: on one thread, several lines
 * in one run take as long as one after the other, so pages are spread over replicas instead of batched.
 */
@Stage({ replicas: 2, providers: [RecognitionModel, LineReader], output: OcrResult })
export class RecogniseLines implements ItemStage<PageLines, OcrResult> {
  readonly example: PageLines = { width: 320, height: 48, lines: [EXAMPLE_LINE] };

  constructor(private readonly reader: LineReader) {}

  async forward({ width, height, lines }: PageLines): Promise<OcrResult> {
    const read: OcrLine[] = [];
    for (const line of lines) {
      const { text, confidence } = await this.reader.read(line);
      if (text !== '') read.push({ text, confidence: Number(confidence.toFixed(4)), box: line.box });
    }
    return { lines: arrange(read), width, height };
  }
}
