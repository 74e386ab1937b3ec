import { describe, expect, it } from 'vitest';
import { movedIn, rankOf } from './order';

const ranks = [{ kinds: ['user'] }, { kinds: ['tms', 'eld'] }, { kinds: ['carrier'] }];
const told = (list: { kinds: string[] }[]) => list.map((r) => r.kinds.join('=')).join(' > ');

describe('an order of trust', () => {
  it.each([
    ['carrier', 'up', 'user > carrier > tms=eld'],
    ['carrier', 'down', 'user > tms=eld > carrier'],
    ['eld', 'up', 'user > eld > tms'.concat(' > carrier')],
    ['eld', 'down', 'user > tms > eld > carrier'],
    ['carrier', 'alike', 'user > tms=eld=carrier'],
    ['eld', 'alike', 'user=eld > tms > carrier'],
    ['user', 'up', 'user > tms=eld > carrier'],
    ['user', 'alike', 'user > tms=eld > carrier'],
    ['unknown', 'up', 'user > tms=eld > carrier'],
  ] as const)('%s %s', (kind, how, want) => expect(told(movedIn(ranks, kind, how))).toBe(want));
  it('never loses a kind and never names one twice', () => {
    for (const kind of ['user', 'tms', 'eld', 'carrier'])
      for (const how of ['up', 'down', 'alike'] as const) expect(movedIn(ranks, kind, how).flatMap((r) => r.kinds).sort()).toEqual(['carrier', 'eld', 'tms', 'user']);
  });
  it('knows the place of a kind', () => expect(rankOf(ranks, 'eld')).toBe(1));
});
