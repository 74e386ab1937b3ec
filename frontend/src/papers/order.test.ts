import { describe, expect, it } from 'vitest';
import type { DocumentState, PaperItem, PaperStage } from '$lib/api';
import { neighbours, nextOpen, renewed } from './order';

const one = (id: string, stage: PaperStage, pages: number[] = [1], state: DocumentState = 'received') => ({ id, stage, pages, state }) as PaperItem;

describe('the next that needs a person', () => {
  const items = [one('a', 'problem'), one('b', 'reading'), one('c', 'eyes'), one('d', 'problem', [1], 'rejected'), one('e', 'filed')];
  it.each([
    ['is the one behind', 'a', 'c'],
    ['is found round the end', 'c', 'a'],
    ['is the first from a place that is not listed', 'x', 'a'],
  ])('%s', (_, from, want) => expect(nextOpen(items, from)).toBe(want));
  it('is none but itself', () => expect(nextOpen([one('a', 'eyes'), one('b', 'filed')], 'a')).toBe(''));
  it('is none of an empty list', () => expect(nextOpen([], '')).toBe(''));
});

describe('a list', () => {
  const items = [one('a', 'reading'), one('b', 'eyes')];
  it('takes new values in place', () => expect(renewed(items, [one('a', 'clean')]).map((i) => i.stage)).toEqual(['clean', 'eyes']));
  it('stays as it is when nothing of it changed', () => expect(renewed(items, [one('x', 'clean')])).toBe(items));
});

describe('neighbours in the file', () => {
  const [a, b, c] = [one('a', 'eyes', [1]), one('b', 'eyes', [2, 3]), one('c', 'eyes', [4])] as const;
  it('lie on both sides', () => expect(neighbours(b, [c, a])).toEqual({ before: 'a', next: 'c' }));
  it('are missing at the ends', () => expect(neighbours(a, [c, b])).toEqual({ before: '', next: 'b' }));
});
