import type { GroupKey, Row, SortKey, ViewColumn } from '$lib/api';

/** A column of the board: its width, its order, and at which width of the board it may stand without being asked for. */
export interface Column {
  id: ColumnID;
  /** px at the usual size of text, 16 px; a column that grows takes its share of what is left. */
  least: number;
  grow: number;
  sort: SortKey | null;
  from: number;
  /** What of a row the column shows: when it changes, the cell tints. */
  shows: (row: Row) => unknown;
}

export type ColumnID = 'load' | 'why' | 'stop' | 'window' | 'eta' | 'news' | 'heard' | 'customer' | 'carrier' | 'lane' | 'state' | 'papers' | 'refs' | 'owner' | 'flags';

/** In the order in which they are worth their room. */
export const columns: readonly Column[] = [
  { id: 'load', least: 116, grow: 0, sort: 'load', from: 0, shows: (r) => [r.load, r.attention.level] },
  { id: 'why', least: 180, grow: 8, sort: 'attention', from: 0, shows: (r) => r.attention.why },
  { id: 'stop', least: 148, grow: 0.8, sort: null, from: 0, shows: (r) => [r.nextStop?.place, r.nextStop?.seq, r.nextStop?.status] },
  { id: 'window', least: 166, grow: 0, sort: 'window', from: 0, shows: (r) => r.nextStop?.window },
  { id: 'eta', least: 146, grow: 0, sort: 'eta', from: 0, shows: (r) => r.nextStop?.eta },
  { id: 'news', least: 90, grow: 0, sort: 'news', from: 0, shows: (r) => r.lastNews },
  { id: 'heard', least: 86, grow: 0, sort: null, from: 0, shows: () => null }, // ages by itself: nothing in it is news
  { id: 'customer', least: 84, grow: 1, sort: 'customer', from: 0, shows: (r) => r.customer },
  { id: 'carrier', least: 84, grow: 1, sort: 'carrier', from: 1280, shows: (r) => r.carrier },
  { id: 'papers', least: 60, grow: 0, sort: 'papers', from: 0, shows: (r) => r.papers },
  { id: 'state', least: 90, grow: 0, sort: 'state', from: 1520, shows: (r) => [r.state, r.tracking] },
  { id: 'lane', least: 190, grow: 1, sort: 'lane', from: 1640, shows: (r) => [r.origin, r.dest] },
  { id: 'refs', least: 130, grow: 0.4, sort: null, from: 1800, shows: (r) => r.refs },
  { id: 'owner', least: 90, grow: 0, sort: null, from: 2000, shows: (r) => r.owner },
  { id: 'flags', least: 110, grow: 0.4, sort: null, from: 2200, shows: (r) => r.flags },
];

const byID = new Map<string, Column>(columns.map((c) => [c.id, c]));

/** Limits of a width that a person gives. */
export const narrowest = 48;
const widest = 900;

/** A column as it stands in the grid; width 0 is its own. */
export interface Shown extends Column {
  width: number;
}

/** What the board shows by itself in its width: what does not fit is left to the pane and the load, what the groups say to their heads. */
export function columnsAt(width: number, group: GroupKey = ''): Shown[] {
  let room = width;
  return columns
    .filter((c) => {
      if (c.id === group || width < c.from || (room < c.least && c.id !== 'load' && c.id !== 'why')) return false;
      room -= c.least;
      return true;
    })
    .map((c) => ({ ...c, width: 0 }));
}

/** The columns that a person chose, the load first; none chosen, the board's own choice. Columns no longer known are left out. */
export function shownColumns(chosen: readonly ViewColumn[], width: number, group: GroupKey = ''): Shown[] {
  if (!chosen.length) return columnsAt(width, group);
  const shown = chosen.flatMap(({ key, width }) => {
    const column = byID.get(key);
    return column && column.id !== 'load' ? [{ ...column, width }] : [];
  });
  const load = byID.get('load');
  return load ? [{ ...load, width: chosen.find((c) => c.key === 'load')?.width ?? 0 }, ...shown] : shown;
}

export const asChosen = (shown: readonly Shown[]): ViewColumn[] => shown.map((c) => ({ key: c.id, width: c.width }));

const widthOf = (c: Shown): number => c.width || c.least;

const rem = (px: number) => `${px / 16}rem`;

/** The tracks of the grid, in rem so that they grow with the text. Where every column has a width given by hand one of them, the why if it is shown, takes what is left: the row always fills the grid. */
export function tracks(shown: readonly Shown[]): string {
  const grows = (c: Shown) => !c.width && c.grow > 0;
  const filler = shown.some(grows) ? undefined : (shown.find((c) => c.id === 'why') ?? shown.at(-1));
  return shown.map((c) => (grows(c) ? `minmax(${rem(c.least)}, ${c.grow}fr)` : c === filler ? `minmax(${rem(widthOf(c))}, 1fr)` : rem(widthOf(c)))).join(' ');
}

/** The px, at the usual size of text, below which the grid scrolls sideways. */
export const leastWidth = (shown: readonly Shown[]): number => shown.reduce((sum, c) => sum + widthOf(c), 0);

export const sized = (shown: readonly Shown[], id: string, width: number): ViewColumn[] =>
  asChosen(shown).map((c) => (c.key === id ? { ...c, width: width && Math.round(Math.max(narrowest, Math.min(widest, width))) } : c));

/** A column moved to another place; the load stays first. */
export function movedTo(shown: readonly Shown[], from: number, to: number): ViewColumn[] {
  const list = asChosen(shown);
  const target = Math.max(1, Math.min(list.length - 1, to));
  if (from < 1) return list;
  const [column] = list.splice(from, 1);
  if (column) list.splice(target, 0, column);
  return list;
}

export function toggledColumn(shown: readonly Shown[], id: ColumnID): ViewColumn[] {
  const list = asChosen(shown);
  return list.some((c) => c.key === id) ? list.filter((c) => c.key !== id) : [...list, { key: id, width: 0 }];
}

/** Which columns of a row changed. */
export function changedColumns(before: Row, after: Row): ColumnID[] {
  return columns.filter((c) => JSON.stringify(c.shows(before)) !== JSON.stringify(c.shows(after))).map((c) => c.id);
}
