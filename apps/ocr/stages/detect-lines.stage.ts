import { Stage, type ItemStage } from 'nestjs-mosec';
import { LineFinder } from '../detection/line-finder.js';
import type { TextLine } from '../detection/text-line.js';
import type { Raster } from '../image/raster.js';
import { DetectionModel } from '../models/detection.model.js';
import { EXAMPLE_PAGE } from './examples.js';

/** A page and the lines that were found on it, not yet read. */
export interface PageLines {
  readonly width: number;
  readonly height: number;
  readonly lines: TextLine[];
}

/** Pixels of a page in, pixels of its lines out. */
@Stage({ providers: [DetectionModel, LineFinder] })
export class DetectLines implements ItemStage<Raster, PageLines> {
  readonly example = EXAMPLE_PAGE;

  constructor(private readonly finder: LineFinder) {}

  async forward(page: Raster): Promise<PageLines> {
    return { width: page.width, height: page.height, lines: await this.finder.find(page) };
  }
}
