import type { Observation } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { inputWords, shownValue } from './shown';

const now = Date.parse('2026-11-23T20:30:00Z');
const o = (kind: string, value: string) => ({ kind, value }) as Observation;

describe('what an observation says', () => {
  it.each([
    ['a window of one day', 'appointment', '2026-11-23T07:00:00/2026-11-23T15:00:00', 'America/Chicago', 'Mon Nov 23 07:00–15:00 CST'],
    ['a window over night', 'appointment', '2026-11-23T22:00:00/2026-11-24T02:00:00', 'America/Chicago', '22:00 CST – Tue 24 02:00 CST'],
    ['a local time', 'eta', '2026-11-24T08:30:00', 'America/New_York', 'Tue 24 08:30 EST'],
    ['an instant', 'eta', '2026-11-24T14:00:00Z', 'America/Chicago', 'Tue 24 08:00 CST'],
    ['a local time where no zone is known', 'eta', '2026-11-24T08:30:00', '', 'Tue Nov 24 2026 08:30'],
    ['a driver', 'driver', 'NAME:Henry Falk', '', 'Driver Henry Falk'],
    ['an unknown type', 'equipment', 'GENSET:77', '', 'GENSET 77'],
    ['a status word of the TMS', 'status', 'tms:In Transit', '', 'In Transit'],
    ['a reason with its code', 'reason', 'AI:mechanical breakdown', '', 'AI mechanical breakdown'],
    ['an unknown segment', 'other', 'L3:L3*31142*G', '', 'L3:L3*31142*G'],
    ['a paper', 'document', `pod:${'3759'.repeat(16)}`, '', 'POD'],
    ['a note with a colon', 'note', 'DOCK:closed', '', 'DOCK:closed'],
  ])('%s', (_, kind, value, zone, want) => expect(shownValue(o(kind, value), zone, now)).toBe(want));

  it('tells what a rule concluded from in words', () =>
    expect(inputWords([{ name: 'etaBy', value: 'carrier/SWVL' }, { name: 'critical', value: '4 h' }, { name: 'slackLeft', value: '12 m' }])).toBe('ETA by carrier SWVL · critical from 4 h · slack left 12 m'));
});
