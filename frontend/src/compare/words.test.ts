import { describe, expect, it } from 'vitest';
import type { CompareCell, CompareColumn, CompareRow, Comparison } from '$lib/api';
import { begin, counts, hasPages, isOpen, moved, shownColumns, shownRows, wordOf } from './words';

const cell = (column: string, value: string, odd = false): CompareCell => ({ column, source: column, value, written: '', at: null, statedAt: null, receivedAt: '2026-11-22T18:00:00Z', observation: `o-${column}`, agrees: !odd, odd, trustRank: 0, note: '' });
const column = (key: string, url = ''): CompareColumn => ({ key, source: key, kind: key, name: key, portal: false, lastSaidAt: null, url });
const row = (key: string, cells: CompareCell[], contradiction = ''): CompareRow => ({ key, field: key, type: '', name: key, stop: 0, zone: '', cells, accepted: { column: 'tms', source: 'tms', value: 'a' }, contradiction, question: '', askWhom: '', dismissed: null, canAccept: true, exception: '' });

const told: Comparison = {
  load: '1', loadId: '1', asOf: '', at: '', zone: '',
  columns: [column('tms'), column('carrier'), column('eld'), column('p44', 'https://p44.example')],
  rows: [row('pieces', [cell('tms', 'a'), cell('carrier', 'a')]), row('status', [cell('tms', 'a'), cell('carrier', 'b', true)], 'carrier says b')],
};

describe('the fields shown', () => {
  it('are all, or those in contradiction that nobody has said to know', () => {
    expect(shownRows(told, false)).toHaveLength(2);
    expect(shownRows(told, true).map((r) => r.key)).toEqual(['status']);
    const known = { ...told.rows[1], dismissed: { by: 'Ana', at: '', note: '', observation: '' } } as CompareRow;
    expect(isOpen(known)).toBe(false);
  });
  it('leave out a source that says nothing and has no page', () => expect(shownColumns(told, told.rows).map((c) => c.key)).toEqual(['tms', 'carrier', 'p44']));
});

describe('a page to look at', () => {
  it('is of those outside, not of the TMS or our own log', () => expect(['tms', 'carrier', 'user', 'project44', 'paper'].filter((kind) => hasPages({ ...column('x'), kind }))).toEqual(['carrier', 'project44']));
});

describe('a word', () => {
  it('counts where it is the accepted one of its source', () => {
    const status = told.rows[1] as CompareRow;
    expect(status.cells.map((c) => counts(status, c))).toEqual([true, false]);
    expect(wordOf(status, told.columns[2])).toBeUndefined();
  });
});

describe('the cursor', () => {
  const columns = shownColumns(told, told.rows);
  it('begins at the odd one out', () => expect(begin(told.rows, columns)).toEqual({ row: 'status', column: 'carrier' }));
  it('begins at the first word where all agree', () => expect(begin(told.rows.slice(0, 1), columns)).toEqual({ row: 'pieces', column: 'tms' }));
  it.each([
    ['ArrowUp', { row: 'pieces', column: 'carrier' }],
    ['ArrowDown', { row: 'status', column: 'carrier' }],
    ['ArrowLeft', { row: 'status', column: 'tms' }],
    ['End', { row: 'status', column: 'p44' }],
    ['Ctrl+Home', { row: 'pieces', column: 'tms' }],
    ['u', null],
  ])('%s', (key, want) => expect(moved(key, { row: 'status', column: 'carrier' }, told.rows, columns)).toEqual(want));
});
