import { type Box, whole } from './look';

/** The smallest part of a page that can be kept, in each direction. */
const least = 0.05;
const step = 0.01;

const between = (n: number, low: number, high: number) => Math.max(low, Math.min(high, n));

/** A frame that is moved by an arrow, or made larger and smaller with Shift; null for any other key. */
export function nudged(box: Box, key: string): Box | null {
  const size = key.startsWith('Shift+');
  const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key.replace('Shift+', '')];
  if (!by) return null;
  const [dx = 0, dy = 0] = by;
  if (size) return [box[0], box[1], between(box[2] + dx, box[0] + least, 1), between(box[3] + dy, box[1] + least, 1)];
  const [x, y] = [between(dx, -box[0], 1 - box[2]), between(dy, -box[1], 1 - box[3])];
  return [box[0] + x, box[1] + y, box[2] + x, box[3] + y];
}

/** The frame between two points; null while they lie too near each other. */
export function framed(a: readonly [number, number], b: readonly [number, number]): Box | null {
  const box: Box = [between(Math.min(a[0], b[0]), 0, 1), between(Math.min(a[1], b[1]), 0, 1), between(Math.max(a[0], b[0]), 0, 1), between(Math.max(a[1], b[1]), 0, 1)];
  return box[2] - box[0] < least || box[3] - box[1] < least ? null : box;
}

/** Where the frame begins: as the page is cut already, else a little inside its edges. */
export const begun = (now: Box): Box => (now === whole ? [0.05, 0.05, 0.95, 0.95] : now);
