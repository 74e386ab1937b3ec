import { describe, expect, it } from 'vitest';
import { nextTo, nothingKept, ordered, refreshed, without } from './kept';

interface One {
  id: string;
  n: number;
}
const keyOf = (one: One) => one.id;
const list = (...ids: string[]) => ids.map((id, n) => ({ id, n }));

describe('a kept list', () => {
  it('keeps its order while values change', () => {
    const kept = refreshed(ordered(list('a', 'b', 'c'), keyOf), list('c', 'b', 'a'), keyOf);
    expect(kept.order.map(keyOf)).toEqual(['a', 'b', 'c']);
    expect(kept.now.get('a')?.n).toBe(2);
    expect(kept.order[0]?.n).toBe(0);
  });
  it('lets what is new wait, and what left stand', () => {
    const kept = refreshed(ordered(list('a', 'b'), keyOf), list('b', 'x'), keyOf);
    expect(kept.fresh.map(keyOf)).toEqual(['x']);
    expect([...kept.gone]).toEqual(['a']);
    expect(kept.now.get('a')).toBeTruthy();
  });
  it('takes what comes back for the same', () => {
    const away = refreshed(ordered(list('a', 'b'), keyOf), list('b'), keyOf);
    expect(refreshed(away, list('a', 'b'), keyOf).gone.size).toBe(0);
  });
  it('has no place that could move while it is empty', () => expect(refreshed(nothingKept, list('a'), keyOf).order.map(keyOf)).toEqual(['a']));
  it('drops what was settled', () => expect(without(ordered(list('a', 'b'), keyOf), new Set(['a']), keyOf).order.map(keyOf)).toEqual(['b']));
  it.each([
    ['stays on its line', ['a', 'b'], 'b', 0, 'b'],
    ['goes to the one that took the place', ['b', 'c'], 'a', 0, 'b'],
    ['goes to the last when the last went', ['a', 'b'], 'c', 2, 'b'],
    ['is nowhere in an empty list', [], 'a', 0, ''],
  ])('the cursor %s', (_, keys, cursor, at, want) => expect(nextTo(keys, cursor, at)).toBe(want));
});
