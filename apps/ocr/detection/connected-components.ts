/** One value per pixel, rows from the top. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Pixels that touch each other, corners included; the bounds are inclusive. */
export interface Component {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
  /** Mean probability of the pixels. */
  score: number;
}

/** Connected regions where the probability is above `threshold`, in the order of their topmost pixel. */
export function connectedComponents(map: ProbabilityMap, threshold: number): Component[] {
  const seen = new Uint8Array(map.data.length);
  const components: Component[] = [];
  for (let start = 0; start < map.data.length; start++) {
    if (!seen[start] && map.data[start]! > threshold) components.push(flood(map, threshold, seen, start));
  }
  return components;
}

function flood(map: ProbabilityMap, threshold: number, seen: Uint8Array, start: number): Component {
  const { width, height, data } = map;
  const found: Component = { left: width, top: height, right: 0, bottom: 0, pixels: 0, score: 0 };
  const stack = [start];
  seen[start] = 1;
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const x = index % width;
    const y = (index - x) / width;
    include(found, x, y, data[index]!);
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const next = ny * width + nx;
        if (seen[next] || data[next]! <= threshold) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
  }
  found.score /= found.pixels;
  return found;
}

function include(component: Component, x: number, y: number, probability: number): void {
  component.left = Math.min(component.left, x);
  component.top = Math.min(component.top, y);
  component.right = Math.max(component.right, x);
  component.bottom = Math.max(component.bottom, y);
  component.pixels += 1;
  component.score += probability;
}
