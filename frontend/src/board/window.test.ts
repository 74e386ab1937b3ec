import { describe, expect, it } from 'vitest';
import { bringIn, inSight, moved, toAsk } from './window';

describe('the drawn window', () => {
  it.each([
    ['top', 0, 320, 50_000, { from: 0, to: 18 }],
    ['middle', 32_000, 320, 50_000, { from: 992, to: 1018 }],
    ['end', 50_000 * 32 - 320, 320, 50_000, { from: 49_982, to: 50_000 }],
    ['rubber band above', -40, 320, 50_000, { from: 0, to: 18 }],
    ['nothing', 0, 320, 0, { from: 0, to: 0 }],
    ['shrunk below the place', 9_000, 320, 5, { from: 5, to: 5 }],
  ])('%s', (_, top, height, count, want) => expect(inSight(top, height, 32, count)).toEqual(want));

  it('asks with a stretch around, once', () => {
    expect(toAsk({ from: 100, to: 130 }, 5000, () => false)).toEqual({ from: 40, to: 190 });
    expect(toAsk({ from: 100, to: 130 }, 5000, () => true)).toBeNull();
    expect(toAsk({ from: 0, to: 10 }, 12, (i) => i !== 9)).toEqual({ from: 0, to: 12 });
  });

  it('brings rows into sight and leaves seen ones alone', () => {
    expect(bringIn(3, 0, 320, 32)).toBe(0);
    expect(bringIn(10, 0, 320, 32)).toBe(32);
    expect(bringIn(2, 320, 320, 32)).toBe(64);
  });

  it.each([['j', 5, 6], ['ArrowUp', 0, 0], ['PageDown', 95, 99], ['Ctrl+End', 5, 99], ['x', 5, null]])('%s from %d', (key, from, want) => expect(moved(key, from, 100, 10)).toBe(want));
});
