import { describe, expect, it } from 'vitest';
import { drawn, first, next, turned, turnedBy, zoomed } from './look';

const paper = { width: 850, height: 1100 };
const room = { width: 600, height: 400 };

describe('a page', () => {
  it('fits the width', () => expect(drawn(paper, room, first).width).toBeCloseTo(600));
  it('fits whole', () => expect(drawn(paper, room, { ...first, fit: 'page' }).height).toBeCloseTo(400));
  it('fits when it lies on its side', () => {
    const lying = { ...first, turn: 90 as const };
    expect(turned(drawn(paper, room, lying), 90).width).toBeCloseTo(600);
    expect(turned(drawn(paper, room, { ...lying, fit: 'page' }), 90).height).toBeLessThanOrEqual(400.01);
  });
  it('is nothing before it is read', () => expect(drawn({ width: 0, height: 0 }, room, first)).toEqual({ width: 0, height: 0 }));
  it('zooms within bounds', () => expect([zoomed(first, 100).factor, zoomed(first, 0.001).factor]).toEqual([8, 0.25]));
  it('turns both ways', () => expect([turnedBy(first, -90).turn, turnedBy({ ...first, turn: 270 }, 90).turn]).toEqual([270, 0]));
});

describe('the next document', () => {
  const all = ['a', 'b', 'c'].map((hash) => ({ hash }));
  const without = (...gone: string[]) => all.filter((d) => !gone.includes(d.hash));
  it.each([
    ['the one behind', without('b'), 'b', 'c'],
    ['the one before at the end', without('c'), 'c', 'b'],
    ['the next that is still there', without('a', 'b'), 'a', 'c'],
    ['none', [], 'a', ''],
    ['the first when it was not listed', all, 'x', 'a'],
  ])('is %s', (_, left, hash, want) => expect(next(all, left, hash)).toBe(want));
});
