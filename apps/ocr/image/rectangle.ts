/** Rectangle in pixels, origin top left. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Length of what `a` and `b` share along the x axis; negative is the gap between them. */
export function overlapX(a: Rectangle, b: Rectangle): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

/** Length of what `a` and `b` share along the y axis; negative is the gap between them. */
export function overlapY(a: Rectangle, b: Rectangle): number {
  return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
}

/** Smallest rectangle around both. */
export function unite(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Taller by `by` above and below, but not past the edges of a picture `height` high. */
export function growVertically(area: Rectangle, by: number, height: number): Rectangle {
  const y = Math.max(0, area.y - by);
  return { ...area, y, height: Math.min(height, area.y + area.height + by) - y };
}
