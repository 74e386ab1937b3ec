import { describe, expect, it } from 'vitest';
import { knownBy, received, step } from './ticks';

const list = ['2026-11-23T10:00:10Z', '2026-11-23T09:00:00Z', '2026-11-23T10:00:50Z', '2026-11-23T11:00:00Z'].map((receivedAt) => ({ receivedAt }));
const [nine, ten, eleven] = ['2026-11-23T09:00:00Z', '2026-11-23T10:00:50Z', '2026-11-23T11:00:00Z'].map(Date.parse) as [number, number, number];

describe('what was received when', () => {
  const all = received(list);
  it('is one tick a minute, in order', () => expect(all).toEqual([nine, ten, eleven]));
  it.each([
    ['back from now', null, -1, eleven],
    ['back', eleven, -1, ten],
    ['back from between', ten + 5, -1, ten],
    ['back from the first stays', nine, -1, nine],
    ['on', nine, 1, ten],
    ['on from the last is now', eleven, 1, null],
    ['on from now', null, 1, null],
  ] as const)('%s', (_, from, by, want) => expect(step(all, from, by)).toBe(want));
  it('counts what was on file', () => expect([knownBy(list, nine - 1), knownBy(list, ten), knownBy(list, eleven)]).toEqual([0, 3, 4]));
  it('has no tick without news', () => expect(step([], null, -1)).toBeNull());
});
