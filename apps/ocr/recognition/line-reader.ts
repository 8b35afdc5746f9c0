import { Injectable } from '@nestjs/common';
import type { TextLine } from '../detection/text-line.js';
import type { Raster } from '../image/raster.js';
import type { Rectangle } from '../image/rectangle.js';
import { RecognitionModel } from '../models/recognition.model.js';
import { joinTexts, lineText, type LineText } from './line-text.js';
import { lineTensor, lineView } from './line-view.js';
import { sizeRuns } from './size-runs.js';

/** A line with a letter less probable than this is looked at again. */
const DOUBT = 0.9;
/** Letters set wide apart are read better when narrowed. */
const NARROWED = 0.85;
/** More parts than one large word and what stands beside it are a misjudgement. */
const MAX_RUNS = 3;

/** Reads one line; a doubtful one again in other ways, keeping the surest reading. */
@Injectable()
export class LineReader {
  constructor(private readonly model: RecognitionModel) {}

  async read({ picture, inner }: TextLine): Promise<LineText> {
    const first = await this.look(picture, inner, 1);
    if (first.weakest >= DOUBT) return first;
    const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
    const readings = [first, await this.look(picture, whole, NARROWED)];
    const runs = sizeRuns(picture);
    if (runs.length > 1 && runs.length <= MAX_RUNS) readings.push(await this.lookAtEach(picture, runs));
    return readings.reduce((best, other) => (other.confidence > best.confidence ? other : best));
  }

  private async look(picture: Raster, area: Rectangle, stretch: number): Promise<LineText> {
    const view = await lineView(picture, area, stretch);
    const scores = await this.model.run(lineTensor(view), view.width);
    return lineText(scores, this.model.charset, view, area.width / view.width / area.height);
  }

  /** Words of one size at a time: beside a large word, small ones are too small to read. */
  private async lookAtEach(picture: Raster, runs: readonly Rectangle[]): Promise<LineText> {
    const texts: LineText[] = [];
    for (const run of runs) texts.push(await this.look(picture, run, 1));
    return joinTexts(texts);
  }
}
