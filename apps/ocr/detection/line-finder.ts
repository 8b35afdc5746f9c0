import { Injectable } from '@nestjs/common';
import { resizeArea } from '../image/resize.js';
import type { Raster } from '../image/raster.js';
import { DetectionModel } from '../models/detection.model.js';
import { detectionSize, detectionTensor, paddedSize } from './detection-input.js';
import { findBoxes } from './find-boxes.js';
import { cutLine, type TextLine } from './text-line.js';

/** Finds the lines of text on a page, in no particular order. */
@Injectable()
export class LineFinder {
  constructor(private readonly model: DetectionModel) {}

  async find(page: Raster): Promise<TextLine[]> {
    const shown = detectionSize(page);
    const picture = await resizeArea(
      page,
      { x: 0, y: 0, width: page.width, height: page.height },
      shown.width,
      shown.height,
    );
    const padded = paddedSize(shown);
    const map = await this.model.run(detectionTensor(picture, padded), padded.width, padded.height);
    return Promise.all(findBoxes(map, shown, page).map((box) => cutLine(page, box)));
  }
}
