import type { TrailPoint } from '$lib/api';

/** A place on the earth as the map library takes it: longitude, latitude. */
export type Point = [lon: number, lat: number];

const hour = 3600_000;

/** How old a piece of the trail is, in steps: under an hour, four, twelve, a day, older. */
const limits = [hour, 4 * hour, 12 * hour, 24 * hour];

/** How strongly each step is drawn: what is newest is darkest, and what is oldest can still be seen. */
export const strengths = [1, 0.8, 0.62, 0.48, 0.36] as const;

export function fade(at: string, now: number): number {
  const old = now - Date.parse(at);
  const step = limits.findIndex((limit) => old < limit);
  return step === -1 ? limits.length : step;
}

/** The trail as lines of one strength each; neighbours share their point, so that no gap opens. Points oldest first. */
export function lines(points: readonly TrailPoint[], now: number): { step: number; points: Point[] }[] {
  const out: { step: number; points: Point[] }[] = [];
  let before: Point | undefined;
  for (const p of points) {
    const step = fade(p.at, now);
    const last = out.at(-1);
    if (last?.step === step) last.points.push([p.lon, p.lat]);
    else out.push({ step, points: before ? [before, [p.lon, p.lat]] : [[p.lon, p.lat]] });
    before = [p.lon, p.lat];
  }
  return out.filter((l) => l.points.length > 1);
}

/** A place that can be on a map: 0,0 is what a device says that does not know. */
export const real = (lat: number, lon: number) => Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0);

/** The corners of what a load covers, at least some degrees wide, so that one point still shows the country around it. */
export function corners(points: readonly Point[], least = 3): [Point, Point] | null {
  if (!points.length) return null;
  const side = (i: 0 | 1, min: number): [number, number] => {
    const all = points.map((p) => p[i]);
    const low = Math.min(...all);
    const high = Math.max(...all);
    const missing = Math.max(0, min - (high - low)) / 2;
    return [low - missing, high + missing];
  };
  const [west, east] = side(0, least);
  const [south, north] = side(1, least * 0.6);
  return [[west, Math.max(-84, south)], [east, Math.min(84, north)]];
}
