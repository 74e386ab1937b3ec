import { describe, expect, it } from 'vitest';
import type { TaskAsk } from '$lib/api';
import { kindOf, timeIn, valueOf } from './answers';

const now = Date.parse('2026-11-23T20:00:00Z'); // 14:00 in Chicago
const zone = 'America/Chicago';
const ask = (fact: string): TaskAsk => ({ key: fact, text: `${fact}?`, fact, type: '', stop: 2 });

describe('an answer', () => {
  it.each([
    ['eta', '16:30', '2026-11-23 16:30'],
    ['eta', 'tomorrow 8:00', '2026-11-24 08:00'],
    ['departed', '11/24 0730', '2026-11-24 07:30'],
    ['eta', ' not yet ', 'not yet'],
    ['pieces', ' 24 ', '24'],
    ['note', '16:30', '16:30'],
  ])('to %s, %s, goes as %s', (fact, text, want) => expect(valueOf(ask(fact), text, zone, now)).toBe(want));

  it('says what time was read in it', () => expect(timeIn(ask('eta'), '16:30', zone, now)).toBe('2026-11-23 16:30'));
  it('is read as no time where there is none', () => expect(timeIn(ask('eta'), 'soon', zone, now)).toBeNull());
  it('of a fact nobody thought of is words', () => expect(kindOf(ask('lumpers'))).toBe('words'));
});
