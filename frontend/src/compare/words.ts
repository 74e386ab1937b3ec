import type { CompareCell, CompareColumn, CompareRow, Comparison } from '$lib/api';

/** A contradiction that nobody has said to know. */
export const isOpen = (row: CompareRow) => row.contradiction !== '' && row.dismissed === null;

/** The fields on the screen: all, or those whose sources contradict each other. */
export const shownRows = (told: Comparison, only: boolean): CompareRow[] => (only ? told.rows.filter(isOpen) : told.rows);

/** The sources on the screen: those that say something of the fields shown, and those that have a page to look at. */
export const shownColumns = (told: Comparison, rows: readonly CompareRow[]): CompareColumn[] =>
  told.columns.filter((c) => c.url !== '' || c.portal || rows.some((row) => wordOf(row, c)));

export const wordOf = (row: CompareRow, column: CompareColumn | undefined): CompareCell | undefined => row.cells.find((cell) => cell.column === column?.key);

/** Whether the word of a cell is the one that counts. */
export const counts = (row: CompareRow, cell: CompareCell) => row.accepted !== null && row.accepted.column === cell.column && row.accepted.value === cell.value;

/** Whether a source has a page that a person can look at: nobody's own log, no paper, and not the TMS. */
export const hasPages = (column: CompareColumn) => !['tms', 'user', 'desk', 'rule', 'paper'].includes(column.kind);

/** Where the cursor stands: a field and a source, by their keys, so that it stays when words come in. */
export interface Place {
  row: string;
  column: string;
}

/** Where a reader begins: the word that differs in the first contradiction, else the first word of the first field. */
export function begin(rows: readonly CompareRow[], columns: readonly CompareColumn[]): Place {
  const row = rows.find(isOpen) ?? rows[0];
  const cell = row?.cells.find((c) => c.odd && columns.some((column) => column.key === c.column)) ?? row?.cells[0];
  return { row: row?.key ?? '', column: cell?.column ?? columns[0]?.key ?? '' };
}

/** The place after a key; null when the key is none of the grid's. */
export function moved(key: string, at: Place, rows: readonly CompareRow[], columns: readonly CompareColumn[]): Place | null {
  const row = Math.max(0, rows.findIndex((r) => r.key === at.row));
  const column = Math.max(0, columns.findIndex((c) => c.key === at.column));
  const last = { row: rows.length - 1, column: columns.length - 1 };
  const to: Record<string, [number, number]> = {
    ArrowDown: [row + 1, column], j: [row + 1, column], ArrowUp: [row - 1, column], k: [row - 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, last.column], 'Ctrl+Home': [0, 0], 'Ctrl+End': [last.row, last.column], PageDown: [row + 8, column], PageUp: [row - 8, column],
  };
  const found = to[key];
  if (!found || last.row < 0) return null;
  const within = (n: number, most: number) => Math.max(0, Math.min(most, n));
  return { row: rows[within(found[0], last.row)]?.key ?? '', column: columns[within(found[1], last.column)]?.key ?? '' };
}
