import { describe, expect, it } from 'vitest';
import { begun, framed, nudged } from './crop';
import { type Box, whole } from './look';

const box: Box = [0.1, 0.1, 0.5, 0.5];
const round = (b: Box | null) => b?.map((n) => Math.round(n * 100) / 100);

describe('the frame', () => {
  it.each([
    ['ArrowRight', [0.11, 0.1, 0.51, 0.5]],
    ['ArrowUp', [0.1, 0.09, 0.5, 0.49]],
    ['Shift+ArrowRight', [0.1, 0.1, 0.51, 0.5]],
    ['Shift+ArrowUp', [0.1, 0.1, 0.5, 0.49]],
  ])('by %s', (key, want) => expect(round(nudged(box, key))).toEqual(want));
  it('stays on the page', () => expect(round(nudged([0.6, 0.6, 1, 1], 'ArrowDown'))).toEqual([0.6, 0.6, 1, 1]));
  it('never becomes nothing', () => expect(round(nudged([0.1, 0.1, 0.15, 0.5], 'Shift+ArrowLeft'))).toEqual([0.1, 0.1, 0.15, 0.5]));
  it('leaves other keys alone', () => expect(nudged(box, 'j')).toBeNull());
  it('begins inside a whole page, else where the page is cut', () => {
    expect(begun(whole)).toEqual([0.05, 0.05, 0.95, 0.95]);
    expect(begun(box)).toBe(box);
  });
});

describe('a frame that is drawn', () => {
  it('lies between its points, whichever way it was drawn', () => expect(framed([0.8, 0.9], [0.2, -0.3])).toEqual([0.2, 0, 0.8, 0.9]));
  it('is none when it is a mere click', () => expect(framed([0.5, 0.5], [0.51, 0.51])).toBeNull());
});
