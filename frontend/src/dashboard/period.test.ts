import { describe, expect, it } from 'vitest';
import { daysOf, moved, type Preset } from './period';

describe('a period', () => {
  it.each<[Preset, string, string, string]>([
    ['last7', '2026-11-23', '2026-11-17', '2026-11-23'],
    ['thisWeek', '2026-11-23', '2026-11-23', '2026-11-29'], // a Monday
    ['thisWeek', '2026-11-22', '2026-11-16', '2026-11-22'], // a Sunday ends its week
    ['lastWeek', '2026-11-23', '2026-11-16', '2026-11-22'],
    ['last4Weeks', '2026-11-23', '2026-10-26', '2026-11-22'],
    ['last13Weeks', '2026-11-23', '2026-08-24', '2026-11-22'],
    ['thisMonth', '2028-02-10', '2028-02-01', '2028-02-29'],
    ['lastMonth', '2026-01-31', '2025-12-01', '2025-12-31'],
    ['lastYear', '2026-11-23', '2025-01-01', '2025-12-31'],
  ])('%s on %s is %s to %s', (preset, today, from, to) => expect(daysOf(preset, today)).toEqual({ from, to }));
  it('of a person is theirs', () => expect(daysOf('own', '2026-11-23')).toBeNull());
  it('moves by its own length, over the end of summer time too', () => {
    expect(moved('2026-10-26', '2026-11-01', 1)).toEqual({ from: '2026-11-02', to: '2026-11-08' });
    expect(moved('2026-11-23', '2026-11-23', -1)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  });
});
