import type { Rectangle } from '../image/rectangle.js';
import { connectedComponents, type ProbabilityMap } from './connected-components.js';
import type { DetectionSize } from './detection-input.js';
import { joinFragments } from './join-fragments.js';
import { unclip } from './unclip.js';

const PIXEL_THRESHOLD = 0.3;
const LINE_THRESHOLD = 0.5;
const UNCLIP_RATIO = 1.7;
/** Anything lower is dust, in pixels of the detector's input. */
const MIN_SIDE = 3;

/** Boxes of text lines in whole pixels of the page; `shown` is the part of the map that the page fills. */
export function findBoxes(map: ProbabilityMap, shown: DetectionSize, page: DetectionSize): Rectangle[] {
  const scaleX = page.width / shown.width;
  const scaleY = page.height / shown.height;
  const boxes = connectedComponents(map, PIXEL_THRESHOLD)
    .filter(({ score }) => score > LINE_THRESHOLD)
    .map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 }))
    .filter(({ x, y, width, height }) => Math.min(width, height) >= MIN_SIDE && x < shown.width && y < shown.height)
    .map((box) => unclip(box, UNCLIP_RATIO, shown.width, shown.height));
  return joinFragments(boxes).map((box) => toWholePixels(box, scaleX, scaleY, page));
}

function toWholePixels(box: Rectangle, scaleX: number, scaleY: number, page: DetectionSize): Rectangle {
  const x = Math.floor(box.x * scaleX);
  const y = Math.floor(box.y * scaleY);
  const right = Math.min(page.width, Math.ceil((box.x + box.width) * scaleX));
  const bottom = Math.min(page.height, Math.ceil((box.y + box.height) * scaleY));
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}
