import { describe, expect, it } from 'vitest';
import { instantIn, localIn, offset } from './asof';

describe('an instant as written on a clock', () => {
  it.each([
    ['winter', '2026-11-23T14:00', 'America/Chicago', '2026-11-23T20:00:00.000Z'],
    ['summer', '2026-07-01T14:00', 'America/Chicago', '2026-07-01T19:00:00.000Z'],
    ['east of UTC', '2026-11-23T01:00', 'Asia/Tokyo', '2026-11-22T16:00:00.000Z'],
    ['morning after the clock change', '2026-11-01T03:00', 'America/Chicago', '2026-11-01T09:00:00.000Z'],
    ['nothing', '', 'America/Chicago', ''],
  ])('%s', (_, local, zone, want) => expect(instantIn(local, zone)).toBe(want));
});

describe('an instant on a clock', () => {
  it.each([
    ['2026-11-23T20:00:00Z', 'America/Chicago', '2026-11-23T14:00'],
    ['2026-11-23T05:30:00Z', 'America/Chicago', '2026-11-22T23:30'],
    ['2026-11-23T06:00:00Z', 'UTC-06:00', '2026-11-23T00:00'],
  ])('%s in %s', (iso, zone, want) => expect(localIn(Date.parse(iso), zone)).toBe(want));
  it('goes there and back', () => expect(localIn(Date.parse(instantIn('2026-11-23T14:07', 'America/Denver')), 'America/Denver')).toBe('2026-11-23T14:07'));
  it('knows fixed zones', () => expect(offset(0, 'UTC+05:30')).toBe(5.5 * 3600_000));
});
