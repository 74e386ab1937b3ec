import { describe, expect, it } from 'vitest';
import { around, behind, boxOf, drawn, first, fitted, whole, within, zoomed } from './look';

const paper = { width: 850, height: 1100 };
const room = { width: 600, height: 400 };

describe('a page', () => {
  it('fits the width', () => expect(drawn(paper, whole, room, first).width).toBeCloseTo(600));
  it('fits whole', () => expect(drawn(paper, whole, room, { ...first, fit: 'page' }).height).toBeCloseTo(400));
  it('that is cut fits by what is left of it', () => {
    const half = drawn(paper, [0, 0, 0.5, 1], room, first);
    expect(half.width).toBeCloseTo(600);
    expect(half.height).toBeCloseTo((600 / 425) * 1100);
  });
  it('is nothing before it is read', () => expect(drawn({ width: 0, height: 0 }, whole, room, first)).toEqual({ width: 0, height: 0 }));
  it('zooms within bounds', () => expect([zoomed(first, 100).factor, zoomed(first, 0.001).factor]).toEqual([8, 0.25]));
  it('fits its width first, then whole, in turn', () => {
    expect(fitted(first).fit).toBe('page');
    expect(fitted({ fit: 'page', factor: 1 }).fit).toBe('width');
    expect(fitted({ fit: 'width', factor: 2 })).toEqual({ fit: 'width', factor: 1 });
  });
});

describe('a spot', () => {
  it('lies where it lay on a whole page', () => expect(within([0.1, 0.2, 0.3, 0.4], whole)).toEqual([0.1, 0.2, 0.3, 0.4]));
  it('lies farther out on a part', () => {
    const at = within([0.6, 0.25, 0.8, 0.5], [0.5, 0, 1, 0.5]);
    expect(at?.map((n) => Math.round(n * 100) / 100)).toEqual([0.2, 0.5, 0.6, 1]);
  });
  it('that was cut off is not shown', () => expect(within([0.1, 0.1, 0.2, 0.2], [0.5, 0.5, 1, 1])).toBeNull());
  it('that was mostly cut off is not shown either', () => expect(within([0.1, 0.44, 0.2, 0.54], [0, 0.5, 1, 1])).toBeNull());
  it('ends where the page was cut', () => expect(within([0.4, 0.1, 0.9, 0.2], [0.5, 0, 1, 1])?.map((n) => Math.round(n * 100) / 100)).toEqual([0, 0.1, 0.8, 0.2]));
  it('has some of the page around it, never more than the page', () => expect(around([0, 0.5, 1, 0.51])).toEqual([0, 0.494, 1, 0.516]));
});

describe('a picture behind its window', () => {
  it('is moved and enlarged', () => expect(behind([0.5, 0.25, 1, 0.75])).toEqual({ left: -100, top: -50, width: 200, height: 200 }));
});

describe('a box', () => {
  it('is four numbers', () => expect(boxOf([0.1, 0.2, 0.3, 0.4])).toEqual([0.1, 0.2, 0.3, 0.4]));
  it('that is none is the whole page', () => expect(boxOf([])).toEqual(whole));
});
