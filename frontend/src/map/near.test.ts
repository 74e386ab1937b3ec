import type { Stop } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { degrees, miles, near } from './near';

const stop = (seq: number, place: string, lat: number, lon: number) => ({ seq, place, lat, lon, kind: 'pickup' }) as Stop;
const chicago = { lat: 41.88, lon: -87.63 };

describe('where a position lies', () => {
  it('by the great circle', () => {
    expect(miles(chicago, { lat: 39.1, lon: -94.58 })).toBeCloseTo(413, -1); // Kansas City
    expect(miles({ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 })).toBeCloseTo(69.1, 0);
  });
  it('by the nearest stop with a place', () => {
    const stops = [stop(1, 'Gary, IN', 41.6, -87.35), stop(2, 'Dallas, TX', 32.8, -96.8), stop(3, 'Nowhere', 0, 0)];
    expect(near(chicago, stops)).toBe('24 mi from Gary, IN in a straight line');
    expect(near({ lat: 41.601, lon: -87.351 }, stops)).toBe('at Gary, IN');
    expect(near(chicago, [])).toBe('');
  });
  it.each([['At 42.8937, -85.9548', { lat: 42.8937, lon: -85.9548 }], ['At Gary, IN', null], ['At 42.1, -85.2 and on', null]])('%s', (text, want) => expect(degrees(text)).toEqual(want));
});
