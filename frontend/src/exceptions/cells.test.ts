import { describe, expect, it } from 'vitest';
import type { ExceptionItem } from '$lib/api';
import { draw, dueOf, inFull, stateOf } from './cells';

const now = Date.parse('2026-11-23T15:00:00Z');
const item = {
  id: '1', load: '480101', loadId: '7', words: 'Appointment missed', severity: 'major', stop: 2, stopName: 'Reno, NV', zone: 'America/Los_Angeles', since: '2026-11-23T14:20:00Z', detectedAt: '2026-11-23T14:21:00Z',
  shownAt: null, clearedAt: null, snoozedUntil: null, state: 'detected', owner: '', why: 'no arrival', next: { action: 'call', text: 'Call the driver', due: '2026-11-23T14:40:00Z' },
} as unknown as ExceptionItem;

describe('a line', () => {
  it('tells its times on the clock of the stop', () => expect(draw(item, 'since', false, now)).toEqual({ text: '06:20 PST', tail: '40m ago' }));
  it('says what is overdue by word and sign', () => expect(draw(item, 'next', false, now)).toMatchObject({ lead: '! 20m over', tone: 'late' }));
  it('says by when', () => expect(dueOf('2026-11-23T15:10:00Z', now)).toEqual({ text: 'in 10m', late: false }));
  it('tells the whole instant to who rests on it', () => expect(inFull(item, 'next', false, now)).toBe('! 20m over Call the driver Mon Nov 23 2026 06:40 PST (14:40 UTC)'));
});

describe('the state', () => {
  it.each([
    ['new', item, false, 'New'],
    ['asleep', { ...item, snoozedUntil: '2026-11-23T16:00:00Z' }, false, 'Snoozed until 08:00 PST'],
    ['awake again', { ...item, snoozedUntil: '2026-11-23T14:00:00Z' }, false, 'New'],
    ['without its cause', { ...item, clearedAt: '2026-11-23T14:00:00Z' }, false, 'Cause is over'],
    ['gone', item, true, 'No longer open'],
  ] as const)('%s', (_, of, left, want) => expect(stateOf(of as ExceptionItem, left, now)).toBe(want));
});
