/** A column of the list: its least width in px at the usual size of text (16 px). The why takes what is left, and has what it needs to be read before others may stand. */
export interface Column {
  id: ColumnID;
  least: number;
  likes?: number;
}

export type ColumnID = 'severity' | 'load' | 'kind' | 'why' | 'next' | 'state' | 'stop' | 'since' | 'owner' | 'detected';

/** In the order in which they are worth their room. */
const worth: readonly Column[] = [
  { id: 'severity', least: 84 },
  { id: 'load', least: 88 },
  { id: 'why', least: 164, likes: 296 },
  { id: 'kind', least: 164 },
  { id: 'next', least: 124 },
  { id: 'state', least: 76 },
  { id: 'stop', least: 140 },
  { id: 'since', least: 172 },
  { id: 'owner', least: 84 },
  { id: 'detected', least: 172 },
];

/** From left to right. */
const places: readonly ColumnID[] = ['severity', 'load', 'kind', 'stop', 'why', 'since', 'detected', 'state', 'owner', 'next'];

/** These stand at any width: where they have no room, the list scrolls sideways. */
const always: readonly ColumnID[] = ['severity', 'load', 'why', 'kind', 'next', 'state'];

/** What the list shows in its width; what finds no room is told in the detail. The heads of groups say what they are grouped by. */
export function columnsAt(width: number, grouped = ''): Column[] {
  let room = width - worth.reduce((sum, c) => sum + (c.likes ? c.likes - c.least : 0), 0);
  const shown = worth.filter((c) => {
    if (c.id === grouped) return false;
    if (room < c.least && !always.includes(c.id)) return false;
    room -= c.least;
    return true;
  });
  return places.flatMap((id) => shown.find((c) => c.id === id) ?? []);
}

export const leastWidth = (shown: readonly Column[]) => shown.reduce((sum, c) => sum + c.least, 0);

/** The tracks of the grid, in rem so that they grow with the text. */
export const tracks = (shown: readonly Column[]) => shown.map((c) => (c.id === 'why' ? `minmax(${c.least / 16}rem, 1fr)` : `${c.least / 16}rem`)).join(' ');
