import { describe, expect, it } from 'vitest';
import type { Actual, Stop } from '$lib/api';
import { doubtOf } from './doubt';

const actual = (at: string) => ({ at }) as Actual;
const stop = (over: Partial<Stop> = {}) => ({ zone: 'America/Chicago', window: { start: '2026-11-22T09:00:00-06:00', end: '2026-11-22T11:00:00-06:00' }, arrived: null, departed: null, ...over }) as unknown as Stop;
const now = Date.parse('2026-11-22T18:00:00Z'); // noon in Chicago

describe('a time that is typed', () => {
  it.each([
    ['as it should be', 'arrived', '2026-11-22 09:05', stop(), null],
    ['still to come in the zone of the stop', 'arrived', '2026-11-22 12:01', stop(), 'future'],
    ['an expected time may be to come', 'eta', '2026-11-22 14:00', stop(), null],
    ['left before it arrived', 'departed', '2026-11-22 09:00', stop({ arrived: actual('2026-11-22T09:05:00-06:00') }), 'leftBefore'],
    ['arrived after it left', 'arrived', '2026-11-22 11:00', stop({ departed: actual('2026-11-22T10:30:00-06:00') }), 'arrivedAfter'],
    ['a slip of the month', 'arrived', '2026-01-22 09:05', stop(), 'farOff'],
    ['not yet a time', 'arrived', null, stop(), null],
  ] as const)('%s', (_, what, at, at2, want) => expect(doubtOf(what, at, at2, now)).toBe(want));
});
