import { describe, expect, it } from 'vitest';
import type { Row } from '$lib/api';
import { Pages, pageSize } from './pages';

const row = (i: number, carrier = 'Swift') => ({ id: `id${i}`, carrier }) as Row;
const rows = (from: number, to: number, carrier?: string) => Array.from({ length: to - from }, (_, i) => row(from + i, carrier));
const page = (n: number, many = 1) => ({ from: n * pageSize, to: (n + many) * pageSize });

describe('the pages of a view', () => {
  it('are asked for once, with the next one on the way', () => {
    const pages = new Pages(10_000);
    expect(pages.wanted([{ from: 10, to: 40 }])).toEqual([page(0, 2)]);
    expect(pages.wanted([{ from: 12, to: 42 }])).toEqual([]);
    pages.take(0, rows(0, 2 * pageSize), 1);
    pages.settled(page(0, 2));
    expect(pages.wanted([{ from: pageSize, to: pageSize + 30 }])).toEqual([page(2)]);
    expect(pages.wanted([{ from: 5000, to: 5030 }])).toEqual([page(78, 2)]);
    expect(pages.wanted([{ from: 4500, to: 4530 }])).toEqual([page(69, 2)]); // upwards: the page before
    pages.settled(page(78, 2)); // they never came
    expect(pages.wanted([{ from: 5000, to: 5030 }])).toEqual([page(78, 2)]);
  });

  it('end with the view', () => {
    const pages = new Pages(100);
    expect(pages.ends()).toEqual([{ from: 0, to: 100 }]);
    expect(new Pages(0).ends()).toEqual([]);
    expect(new Pages(0).wanted([])).toEqual([]);
  });

  it('long out of sight are let go; both ends and what is in sight stay', () => {
    const pages = new Pages(100 * pageSize);
    for (const n of [0, 99]) pages.take(n * pageSize, rows(n * pageSize, (n + 1) * pageSize), 1);
    for (let n = 1; n < 60; n++) {
      pages.wanted([{ from: n * pageSize, to: n * pageSize + 30 }]);
      pages.take(n * pageSize, rows(n * pageSize, (n + 1) * pageSize), 1);
    }
    expect([0, 99, 59, 50].map((n) => pages.rows.has(n * pageSize))).toEqual([true, true, true, true]);
    expect(pages.rows.has(10 * pageSize)).toBe(false);
    expect(pages.rows.size).toBe(22 * pageSize);
  });

  it('tell of what changed, and keep what did not', () => {
    const pages = new Pages(1000);
    pages.take(0, rows(0, 10), 1);
    const before = pages.rows.get(4);
    const told: string[] = [];
    pages.take(0, [row(0), row(1, 'Other'), ...rows(2, 10)], 2, (was, now) => told.push(`${was.carrier} → ${now.carrier}`));
    expect(told).toEqual(['Swift → Other']);
    expect(pages.rows.get(4)).toBe(before);
  });

  it('never go back to an older word that comes late', () => {
    const pages = new Pages(1000);
    pages.take(0, [row(0, 'New')], 5);
    pages.take(0, [row(0, 'Old')], 4);
    expect(pages.rows.get(0)?.carrier).toBe('New');
  });

  it('know which rows lag behind what was heard', () => {
    const pages = new Pages(1000);
    pages.take(0, rows(0, 100), 1);
    pages.changed(['id7', 'id12', 'id90', 'not here'], 3);
    expect(pages.lagging([{ from: 0, to: 40 }])).toEqual({ from: 7, to: 13 });
    pages.take(7, rows(7, 13), 2); // read before the change
    expect(pages.lagging([{ from: 0, to: 40 }])).toEqual({ from: 7, to: 13 });
    pages.take(7, rows(7, 13), 3);
    expect(pages.lagging([{ from: 0, to: 40 }])).toBeNull();
    expect(pages.lagging([{ from: 80, to: 100 }])).toEqual({ from: 90, to: 91 });
  });
});
