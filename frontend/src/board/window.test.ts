import { describe, expect, it } from 'vitest';
import { bringIn, inSight, moved, placed } from './window';

describe('the drawn window', () => {
  it.each([
    ['top', 0, 320, 50_000, { from: 0, to: 32 }],
    ['between two chunks nothing changes', 7 * 32, 320, 50_000, { from: 0, to: 32 }],
    ['middle', 32_000, 320, 50_000, { from: 992, to: 1032 }],
    ['end', 50_000 * 32 - 320, 320, 50_000, { from: 49_976, to: 50_000 }],
    ['rubber band above', -40, 320, 50_000, { from: 0, to: 32 }],
    ['nothing', 0, 320, 0, { from: 0, to: 0 }],
    ['shrunk below the place', 9_000, 320, 5, { from: 5, to: 5 }],
  ])('%s', (_, top, height, count, want) => expect(inSight(top, height, 32, count)).toEqual(want));

  it('always covers what is in sight', () => {
    for (let top = 0; top < 3000; top += 7) {
      const span = inSight(top, 333, 32, 50_000);
      expect(span.from * 32).toBeLessThanOrEqual(top);
      expect(span.to * 32).toBeGreaterThanOrEqual(top + 333);
    }
  });

  it('draws a line where it stood, and a new one where an old one was', () => {
    const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    const first = placed([], lines(0, 8), 8);
    expect(first.map((p) => p.line)).toEqual(lines(0, 8));
    const next = placed(first, lines(4, 12), 8);
    expect(next.map((p) => p.line)).toEqual([8, 9, 10, 11, 4, 5, 6, 7]);
    const kept = placed(next, [5, ...lines(100, 108)], 8); // the cursor's line stays, scrolled away
    expect(kept.find((p) => p.line === 5)?.slot).toBe(next.find((p) => p.line === 5)?.slot);
    expect(new Set(kept.map((p) => p.slot)).size).toBe(9);
    expect(placed(kept, lines(0, 8), 8).map((p) => p.line)).toEqual(lines(0, 8));
  });

  it('brings rows into sight and leaves seen ones alone', () => {
    expect(bringIn(3, 0, 320, 32)).toBe(0);
    expect(bringIn(10, 0, 320, 32)).toBe(32);
    expect(bringIn(2, 320, 320, 32)).toBe(64);
  });

  it.each([['j', 5, 6], ['ArrowUp', 0, 0], ['PageDown', 95, 99], ['Ctrl+End', 5, 99], ['x', 5, null]])('%s from %d', (key, from, want) => expect(moved(key, from, 100, 10)).toBe(want));
});
