import type { Stop } from '$lib/api';
import { t } from '$lib/words';

const earth = 3958.8; // mean radius in miles
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Miles between two places on the earth in a straight line. */
export function miles(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const [x, y] = [Math.sin(radians(b.lat - a.lat) / 2), Math.sin(radians(b.lon - a.lon) / 2)];
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(x * x + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * y * y)));
}

/** Where a position without a name lies, told by the nearest stop that has a place; "" when none has. */
export function near(at: { lat: number; lon: number }, stops: readonly Stop[]): string {
  const [nearest] = stops.filter((s) => s.lat || s.lon).map((s) => ({ s, far: miles(at, s) })).sort((a, b) => a.far - b.far);
  return nearest ? t.nearStop(Math.round(nearest.far), nearest.s.place || `${t.stopKind(nearest.s.kind)} ${nearest.s.seq}`) : '';
}

/** News that is only a place in degrees, as Go writes a position without a name; null for any other. */
export function degrees(text: string): { lat: number; lon: number } | null {
  const m = /^At (-?\d+\.\d+), (-?\d+\.\d+)$/.exec(text);
  return m ? { lat: Number(m[1]), lon: Number(m[2]) } : null;
}
