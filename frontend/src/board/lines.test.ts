import { describe, expect, it } from 'vitest';
import { Lines } from './lines';

const groups = [{ name: 'A', from: 0, count: 3 }, { name: 'B', from: 3, count: 1 }, { name: 'C', from: 4, count: 6 }];

const told = (lines: Lines) =>
  Array.from({ length: lines.total }, (_, line) => {
    const at = lines.at(line);
    return 'row' in at ? at.row : at.group.name;
  });

describe('the lines of a grouped view', () => {
  const lines = new Lines(10, groups);

  it('stand in order, each head above its rows', () => {
    expect(told(lines)).toEqual(['A', 0, 1, 2, 'B', 3, 'C', 4, 5, 6, 7, 8, 9]);
    for (let row = 0; row < 10; row++) expect(lines.at(lines.of(row))).toEqual({ row });
  });

  it.each([[{ from: 0, to: 2 }, [{ from: 0, to: 1 }]], [{ from: 2, to: 6 }, [{ from: 1, to: 4 }]], [{ from: 4, to: 5 }, []], [{ from: 6, to: 13 }, [{ from: 4, to: 10 }]]])(
    'the rows among lines %o', (span, rows) => expect(lines.rows(span)).toEqual(rows));

  it('lead from head to head', () => {
    expect(lines.jump(1, 1)).toBe(1);
    expect(lines.jump(8, 1)).toBe(-1);
    expect(lines.jump(8, -1)).toBe(2);
    expect(lines.jump(6, -1)).toBe(1);
    expect(lines.jump(0, -1)).toBe(-1);
    expect(lines.groupOf(5)?.name).toBe('C');
  });

  it('lead from row to row past the heads', () => {
    expect(lines.next(2, 1)).toBe(3);
    expect(lines.next(4, -1)).toBe(3);
    expect(lines.next(9, 1)).toBe(9);
    expect(lines.next(0, -1)).toBe(0);
  });

  it('are the rows themselves without groups', () => {
    const bare = new Lines(50_000, []);
    expect(bare.total).toBe(50_000);
    expect(bare.of(49_999)).toBe(49_999);
    expect(bare.at(7)).toEqual({ row: 7 });
    expect(bare.rows({ from: 10, to: 40 })).toEqual([{ from: 10, to: 40 }]);
    expect(bare.next(5, 20)).toBe(25);
    expect(bare.jump(5, 1)).toBe(-1);
  });
});

describe('a folded group', () => {
  const lines = new Lines(10, groups, new Set(['B', 'A']));

  it('has a head and no rows', () => {
    expect(told(lines)).toEqual(['A', 'B', 'C', 4, 5, 6, 7, 8, 9]);
    expect([0, 2, 3, 4, 9].map((row) => lines.of(row))).toEqual([0, 0, 1, 3, 8]);
    expect([2, 3, 4].map((row) => lines.hides(row))).toEqual([true, true, false]);
  });

  it('is asked for nothing', () => {
    expect(lines.rows({ from: 0, to: 5 })).toEqual([{ from: 4, to: 6 }]);
    const far = new Lines(10, groups, new Set(['B']));
    expect(far.rows({ from: 0, to: 12 })).toEqual([{ from: 0, to: 3 }, { from: 4, to: 10 }]);
  });

  it('is passed over by who extends a choice, and stopped at by who walks', () => {
    expect(lines.next(4, -1)).toBe(4);
    expect(new Lines(10, groups, new Set(['B'])).next(2, 1)).toBe(4);
    expect(lines.jump(3, -1)).toBe(2);
    expect(lines.jump(2, -1)).toBe(1);
  });

  it('may be every one', () => {
    const shut = new Lines(10, groups, new Set(['A', 'B', 'C']));
    expect(told(shut)).toEqual(['A', 'B', 'C']);
    expect(shut.rows({ from: 0, to: 3 })).toEqual([]);
    expect(shut.next(5, 1)).toBe(5);
  });
});
