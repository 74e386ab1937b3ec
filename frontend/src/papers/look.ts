/** How a page is looked at: a factor of the fitted size, and how far it is turned. */
export interface Look {
  fit: 'width' | 'page';
  factor: number;
  turn: 0 | 90 | 180 | 270;
}

export const first: Look = { fit: 'width', factor: 1, turn: 0 };

interface Size {
  width: number;
  height: number;
}

/** The drawn size of a picture before it is turned, so that its turned shape fits the room. */
export function drawn(picture: Size, room: Size, look: Look): Size {
  if (!picture.width || !picture.height) return { width: 0, height: 0 };
  const shape = turned(picture, look.turn);
  const scale = look.fit === 'width' ? room.width / shape.width : Math.min(room.width / shape.width, room.height / shape.height);
  return { width: picture.width * scale * look.factor, height: picture.height * scale * look.factor };
}

/** The room a turned picture takes. */
export const turned = (s: Size, turn: Look['turn']): Size => (turn % 180 ? { width: s.height, height: s.width } : s);

export const zoomed = (look: Look, by: number): Look => ({ ...look, factor: Math.max(0.25, Math.min(8, look.factor * by)) });

export const turnedBy = (look: Look, degrees: 90 | -90): Look => ({ ...look, turn: ((look.turn + degrees + 360) % 360) as Look['turn'] });

/** What comes next when a document leaves the list: the one that stood behind it, else the one before; "" when none is left. */
export function next(before: readonly { hash: string }[], left: readonly { hash: string }[], hash: string): string {
  const stays = new Set(left.map((d) => d.hash));
  const at = before.findIndex((d) => d.hash === hash);
  const behind = before.slice(at + 1).find((d) => stays.has(d.hash));
  return (behind ?? before.slice(0, Math.max(0, at)).findLast((d) => stays.has(d.hash)) ?? left[0])?.hash ?? '';
}
