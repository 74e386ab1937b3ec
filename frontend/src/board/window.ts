/** Which rows of a fixed-height list are drawn: those in sight and a few around them. */
export interface Span {
  from: number;
  to: number; // not included
}

export function inSight(scrollTop: number, height: number, row: number, count: number, around = 8): Span {
  const first = Math.floor(Math.max(0, scrollTop) / row);
  const last = Math.ceil((Math.max(0, scrollTop) + Math.max(0, height)) / row);
  return { from: Math.max(0, Math.min(first - around, count)), to: Math.max(0, Math.min(last + around, count)) };
}

/** What to ask Go for, so that the span and a stretch around it is at hand. Null when it is already. */
export function toAsk(span: Span, count: number, has: (index: number) => boolean, around = 60): Span | null {
  for (let i = span.from; i < span.to; i++) {
    if (!has(i)) return { from: Math.max(0, span.from - around), to: Math.min(count, span.to + around) };
  }
  return null;
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
