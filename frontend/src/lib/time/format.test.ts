import { describe, expect, it } from 'vitest';
import { age, at, clock, dateIn, full, length, letters, relative, slack, span } from './format';

const now = Date.parse('2026-11-23T20:30:00Z'); // Mon 14:30 in Chicago
const chicago = 'America/Chicago';

describe('times at the stop', () => {
  it.each([
    ['today leaves the day out', '2026-11-23T22:00:00Z', chicago, '16:00 CST'],
    ['another day names it', '2026-11-24T14:00:00Z', chicago, 'Tue 24 08:00 CST'],
    ['far days name the month', '2026-12-24T14:00:00Z', chicago, 'Dec 24 08:00 CST'],
    ['other years are named', '2025-12-24T14:00:00Z', chicago, 'Dec 24 2025 08:00 CST'],
    ['no letters of its own', '2026-11-23T22:00:00Z', 'America/Bogota', '17:00 UTC−5'],
    ['no zone known', '2026-11-23T22:00:00Z', '', '22:00 UTC'],
    ['fixed offset', '2026-11-23T22:00:00Z', 'UTC-03:30', '18:30 UTC−3:30'],
    ['tomorrow in the far east', '2026-11-23T20:45:00Z', 'Asia/Tokyo', '05:45 UTC+9'],
  ])('%s', (_, iso, zone, want) => expect(at(iso, zone, now)).toBe(want));

  it('midnight is 00:00 and never 24:00', () => expect(clock('2026-11-24T06:00:00Z', chicago, now)).toBe('Tue 24 00:00'));
  it('letters follow the clock change', () => {
    expect(letters('2026-07-01T12:00:00Z', chicago)).toBe('CDT');
    expect(letters('2026-11-01T06:30:00Z', chicago)).toBe('CDT');
    expect(letters('2026-11-01T07:30:00Z', chicago)).toBe('CST');
  });
  it('tells both clocks in full', () => expect(full('2026-11-24T14:00:00Z', chicago)).toBe('Tue Nov 24 2026 08:00 CST (14:00 UTC)'));
  it('an unknown zone falls back to UTC', () => expect(clock('2026-11-23T22:00:00Z', 'Mars/Base', now)).toBe('22:00'));
});

describe('windows', () => {
  it.each([
    ['today', '2026-11-23T14:00:00Z', '2026-11-23T18:00:00Z', '08:00–12:00 CST'],
    ['across midnight', '2026-11-24T04:00:00Z', '2026-11-24T08:00:00Z', '22:00–02:00 +1d CST'],
    ['one instant', '2026-11-24T14:00:00Z', '2026-11-24T14:00:00Z', 'Tue 24 08:00 CST'],
    ['only a start', '2026-11-24T14:00:00Z', null, 'Tue 24 08:00 CST'],
    ['unknown', null, null, ''],
  ])('%s', (_, start, end, want) => expect(span(start, end, chicago, now)).toBe(want));
  it('a day without a time is no midnight', () => expect(span('2026-11-24T06:00:00Z', '2026-11-25T05:59:00Z', chicago, now, true)).toBe('Tue 24 any time'));
});

describe('lengths', () => {
  it.each([[0, '0m'], [59 * 60e3, '59m'], [60 * 60e3, '1h'], [110 * 60e3, '1h 50m'], [47 * 3600e3, '47h'], [76 * 3600e3, '3d 4h']])('%d ms', (ms, want) => expect(length(ms)).toBe(want));
  it('relative', () => {
    expect(relative('2026-11-23T22:20:00Z', now)).toBe('in 1h 50m');
    expect(relative('2026-11-23T20:18:00Z', now)).toBe('12m ago');
    expect(relative('2026-11-23T20:30:10Z', now)).toBe('now');
  });
  it('age has one unit', () => expect([age('2026-11-23T20:18:00Z', now), age('2026-11-23T16:10:00Z', now), age('2026-11-20T16:10:00Z', now)]).toEqual(['12m', '4h', '3d']));
  it('slack is signed', () => {
    expect(slack('2026-11-23T22:00:00Z', '2026-11-23T22:35:00Z')).toEqual({ text: '+35m', late: false });
    expect(slack('2026-11-23T23:45:00Z', '2026-11-23T22:35:00Z')).toEqual({ text: '−1h 10m', late: true });
    expect(slack(null, '2026-11-23T22:35:00Z')).toBeNull();
  });
  it('date in a zone', () => expect([dateIn(chicago, now), dateIn('Asia/Tokyo', now)]).toEqual(['2026-11-23', '2026-11-24']));
});
