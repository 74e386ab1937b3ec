import { describe, expect, it } from 'vitest';
import { Lines } from './lines';

const groups = [{ name: 'A', from: 0, count: 3 }, { name: 'B', from: 3, count: 1 }, { name: 'C', from: 4, count: 6 }];

describe('the lines of a grouped view', () => {
  const lines = new Lines(10, groups);

  it('stand in order, each head above its rows', () => {
    expect(lines.total).toBe(13);
    const told = Array.from({ length: 13 }, (_, line) => {
      const at = lines.at(line);
      return 'row' in at ? at.row : at.group.name;
    });
    expect(told).toEqual(['A', 0, 1, 2, 'B', 3, 'C', 4, 5, 6, 7, 8, 9]);
    for (let row = 0; row < 10; row++) expect(lines.at(lines.of(row))).toEqual({ row });
  });

  it.each([[{ from: 0, to: 2 }, { from: 0, to: 1 }], [{ from: 2, to: 6 }, { from: 1, to: 4 }], [{ from: 4, to: 5 }, { from: 3, to: 3 }], [{ from: 6, to: 13 }, { from: 4, to: 10 }]])(
    'the rows among lines %o', (span, rows) => expect(lines.rows(span)).toEqual(rows));

  it('leads from group to group', () => {
    expect(lines.jump(1, 1)).toBe(3);
    expect(lines.jump(6, 1)).toBe(6);
    expect(lines.jump(6, -1)).toBe(4);
    expect(lines.jump(4, -1)).toBe(3);
    expect(lines.jump(0, -1)).toBe(0);
    expect(lines.groupOf(5)?.name).toBe('C');
  });

  it('are the rows themselves without groups', () => {
    const bare = new Lines(50_000, []);
    expect(bare.total).toBe(50_000);
    expect(bare.of(49_999)).toBe(49_999);
    expect(bare.at(7)).toEqual({ row: 7 });
    expect(bare.rows({ from: 10, to: 40 })).toEqual({ from: 10, to: 40 });
    expect(bare.jump(5, 1)).toBe(5);
  });
});
