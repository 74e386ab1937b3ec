/** How a page is looked at: how it is fitted to its room, and a factor of that size. */
export interface Look {
  fit: 'width' | 'page';
  factor: number;
}

export const first: Look = { fit: 'width', factor: 1 };

export interface Size {
  width: number;
  height: number;
}

/** A part of a page: left, top, right, bottom as fractions of it. */
export type Box = readonly [number, number, number, number];

export const whole: Box = [0, 0, 1, 1];

/** A box as the desk tells it; what is no box is the whole page. */
export function boxOf(told: readonly number[]): Box {
  const [l, t, r, b] = told;
  return l === undefined || t === undefined || r === undefined || b === undefined ? whole : [l, t, r, b];
}

/** The size at which the shown part of a picture is drawn, so that it fits the room. */
export function drawn(picture: Size, part: Box, room: Size, look: Look): Size {
  const shape = { width: picture.width * (part[2] - part[0]), height: picture.height * (part[3] - part[1]) };
  if (!shape.width || !shape.height) return { width: 0, height: 0 };
  const byWidth = room.width / shape.width;
  const scale = (look.fit === 'width' ? byWidth : Math.min(byWidth, room.height / shape.height)) * look.factor;
  return { width: shape.width * scale, height: shape.height * scale };
}

export const zoomed = (look: Look, by: number): Look => ({ ...look, factor: Math.max(0.25, Math.min(8, look.factor * by)) });

/** Width and whole page in turn, each at its own size first. */
export const fitted = (look: Look): Look => ({ factor: 1, fit: look.factor === 1 && look.fit === 'width' ? 'page' : 'width' });

/** Where a spot of the whole page lies on the shown part of it, as far as it does; null when more of it is outside. */
export function within(spot: Box, part: Box): Box | null {
  const [width, height] = [part[2] - part[0], part[3] - part[1]];
  const at: Box = [(spot[0] - part[0]) / width, (spot[1] - part[1]) / height, (spot[2] - part[0]) / width, (spot[3] - part[1]) / height];
  const seen: Box = [Math.max(0, at[0]), Math.max(0, at[1]), Math.min(1, at[2]), Math.min(1, at[3])];
  return (seen[2] - seen[0]) * 2 < at[2] - at[0] || (seen[3] - seen[1]) * 2 < at[3] - at[1] ? null : seen;
}

/** How a picture lies behind a window that shows a part of it, in per cent of the window. */
export function behind(part: Box): { left: number; top: number; width: number; height: number } {
  const [width, height] = [part[2] - part[0], part[3] - part[1]];
  return { left: (-part[0] / width) * 100, top: (-part[1] / height) * 100, width: 100 / width, height: 100 / height };
}

/** A spot with some of what stands around it, for a closer look. The margins are parts of the page. */
export const around = (spot: Box, x = 0.02, y = 0.006): Box => [Math.max(0, spot[0] - x), Math.max(0, spot[1] - y), Math.min(1, spot[2] + x), Math.min(1, spot[3] + y)];
