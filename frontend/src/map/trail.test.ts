import { describe, expect, it } from 'vitest';
import { fit } from './atlas';
import { corners, fade, lines, type Point, real } from './trail';

const now = Date.parse('2026-11-23T12:00:00Z');
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3600_000).toISOString();
const point = (hoursAgo: number, lon: number) => ({ at: at(hoursAgo), lat: 40, lon, place: '', source: '' });
const still = { factor: 1, x: 0, y: 0 };
const size = { width: 400, height: 300 };

describe('the trail', () => {
  it.each([[0.5, 0], [1, 1], [5, 2], [13, 3], [48, 4]])('%s h old is step %s', (hours, step) => expect(fade(at(hours), now)).toBe(step));
  it('is lines that share their ends', () => {
    expect(lines([point(30, 1), point(26, 2), point(3, 3), point(2, 4), point(0.1, 5)], now)).toEqual([
      { step: 4, points: [[1, 40], [2, 40]] },
      { step: 1, points: [[2, 40], [3, 40], [4, 40]] },
      { step: 0, points: [[4, 40], [5, 40]] },
    ]);
  });
  it('is no line with one point or none', () => expect([lines([point(1, 1)], now), lines([], now)]).toEqual([[], []]));
  it.each([[0, 0, false], [41, -87, true], [NaN, 1, false], [91, 0, false], [10, 181, false]])('%s, %s on the map: %s', (lat, lon, want) => expect(real(lat, lon)).toBe(want));
});

describe('the map', () => {
  const load: Point[] = [[-104.6, 50.4], [-82, 34.9], [-87.6, 41.9]];
  it.each([['a long load', load], ['one place', [[-87.6, 41.9]]], ['a short load', [[-87.6, 41.9], [-87.7, 41.95]]]] as [string, Point[]][])('holds %s inside', (_, points) => {
    const projection = fit(points, size, still);
    for (const p of points) {
      const [x = -1, y = -1] = projection?.(p) ?? [];
      expect(x).toBeGreaterThanOrEqual(30);
      expect(x).toBeLessThanOrEqual(370);
      expect(y).toBeGreaterThanOrEqual(30);
      expect(y).toBeLessThanOrEqual(270);
    }
  });
  it('goes nearer about its middle', () => {
    const [x = 0, y = 0] = fit([[-90, 40]], size, { ...still, factor: 4 })?.([-90, 40]) ?? [];
    expect(Math.round(x)).toBe(200);
    expect(Math.abs(Math.round(y) - 150)).toBeLessThan(50);
  });
  it('has nothing to show without a place', () => expect([corners([]), fit([], size, still)]).toEqual([null, null]));
});
