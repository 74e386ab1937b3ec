import type { Row, SortKey } from '$lib/api';

/** A column of the board: its width as a CSS grid track, its order, and at which width of the board it gives way. */
export interface Column {
  id: ColumnID;
  track: string;
  sort: SortKey | null;
  /** The board's width in px below which the column is left out; the pane and the load carry it. */
  from: number;
  /** What of a row the column shows: when it changes, the cell tints. */
  shows: (row: Row) => unknown;
}

export type ColumnID = 'load' | 'why' | 'stop' | 'window' | 'eta' | 'news' | 'customer' | 'carrier' | 'lane' | 'state' | 'papers' | 'refs';

export const columns: readonly Column[] = [
  { id: 'load', track: '112px', sort: 'load', from: 0, shows: (r) => [r.load, r.attention.level] },
  { id: 'why', track: 'minmax(160px, 3fr)', sort: 'attention', from: 0, shows: (r) => r.attention.why },
  { id: 'stop', track: 'minmax(96px, 1.3fr)', sort: null, from: 420, shows: (r) => [r.nextStop?.place, r.nextStop?.seq, r.nextStop?.status] },
  { id: 'window', track: '168px', sort: 'window', from: 520, shows: (r) => r.nextStop?.window },
  { id: 'eta', track: '148px', sort: 'eta', from: 620, shows: (r) => r.nextStop?.eta },
  { id: 'news', track: '96px', sort: 'news', from: 700, shows: (r) => r.lastNews },
  { id: 'customer', track: 'minmax(84px, 1fr)', sort: 'customer', from: 780, shows: (r) => r.customer },
  { id: 'carrier', track: 'minmax(84px, 1fr)', sort: 'carrier', from: 880, shows: (r) => r.carrier },
  { id: 'state', track: '84px', sort: 'state', from: 1290, shows: (r) => [r.state, r.tracking] },
  { id: 'papers', track: '58px', sort: 'papers', from: 900, shows: (r) => r.papers },
  { id: 'lane', track: 'minmax(110px, 1.4fr)', sort: 'lane', from: 1380, shows: (r) => [r.origin, r.dest] },
  { id: 'refs', track: 'minmax(90px, 1fr)', sort: null, from: 1520, shows: (r) => r.refs },
];

export const columnsAt = (width: number): Column[] => columns.filter((c) => width >= c.from);

export const tracks = (shown: readonly Column[]): string => shown.map((c) => c.track).join(' ');

/** Which columns of a row changed. */
export function changedColumns(before: Row, after: Row): ColumnID[] {
  return columns.filter((c) => JSON.stringify(c.shows(before)) !== JSON.stringify(c.shows(after))).map((c) => c.id);
}
