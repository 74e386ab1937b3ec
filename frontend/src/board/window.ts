/** A stretch of a list. */
export interface Span {
  from: number;
  to: number; // not included
}

/**
 * The lines of a fixed-height list that are drawn: those in sight and some around them, in whole chunks. Between two
 * chunks scrolling draws nothing at all: the browser moves what is there.
 */
export function inSight(scrollTop: number, height: number, row: number, count: number): Span {
  const first = (Math.floor(Math.max(0, scrollTop) / row / chunk) - 1) * chunk;
  return { from: Math.max(0, Math.min(first, count)), to: Math.max(0, Math.min(first + drawnAtOnce(height, row), count)) };
}

const chunk = 8;

/** How many lines are drawn at once, at most: those in sight and a chunk above and below, cut at chunks. */
export const drawnAtOnce = (height: number, row: number) => (Math.ceil(Math.max(0, height) / row / chunk) + 3) * chunk;

/** A line and the place in the document that draws it. */
export interface Place {
  slot: number;
  line: number;
}

/**
 * Which place of the document draws which line. A place is used again for another line instead of being thrown away; a line
 * that stays keeps its place, and with it the focus.
 */
export function placed(before: readonly Place[], lines: readonly number[], slots: number): Place[] {
  const wanted = new Set(lines);
  const kept = before.filter((p) => wanted.delete(p.line));
  const taken = new Set(kept.map((p) => p.slot));
  let spare = 0;
  for (const line of wanted) {
    let slot = line % slots;
    if (taken.has(slot)) {
      while (taken.has(spare)) spare++;
      slot = spare;
    }
    taken.add(slot);
    kept.push({ slot, line });
  }
  return kept.sort((a, b) => a.slot - b.slot);
}

/** Where to scroll so that a row is wholly in sight; the present place when it already is. */
export function bringIn(index: number, scrollTop: number, height: number, row: number): number {
  const top = index * row;
  if (top < scrollTop) return top;
  if (top + row > scrollTop + height) return top + row - height;
  return scrollTop;
}

/** Where the cursor goes by a key; null when the key moves nothing. */
export function moved(key: string, index: number, count: number, page: number): number | null {
  const to = target(key, index, count, page);
  return to === null ? null : Math.max(0, Math.min(count - 1, to));
}

function target(key: string, index: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return index + 1;
    case 'ArrowUp':
    case 'k':
      return index - 1;
    case 'PageDown':
      return index + page;
    case 'PageUp':
      return index - page;
    case 'Ctrl+Home':
      return 0;
    case 'Ctrl+End':
      return count - 1;
  }
  return null;
}
