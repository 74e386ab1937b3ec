import type { Heard, LoadState, Row, SourceHealth, TrackingState } from '$lib/api';

/** The roads on which a load is heard of, in the order of the strip. */
export const roads = ['tms', 'visibility', 'carrier', 'phone'] as const satisfies readonly (keyof Heard)[];
export type Road = (typeof roads)[number];

/** How fresh a road's last word is; failing: it is known that nothing can come. */
export type Freshness = 'current' | 'ageing' | 'stale' | 'none' | 'failing';

interface Limit {
  ageing: number; // minutes after which a word is no longer current
  stale: number; // minutes after which it is too old to judge by
}

/**
 * How long a word keeps. A truck under way is heard of every half hour; one that stands, or a load that waits for its day,
 * seldom. A TMS tells of a load when something in it changes, so its word keeps for the day.
 */
export const limits: Record<'moving' | 'standing', Record<Road, Limit>> = {
  moving: { tms: { ageing: 480, stale: 1440 }, visibility: { ageing: 30, stale: 120 }, carrier: { ageing: 120, stale: 360 }, phone: { ageing: 120, stale: 360 } },
  standing: { tms: { ageing: 1440, stale: 4320 }, visibility: { ageing: 240, stale: 720 }, carrier: { ageing: 720, stale: 1440 }, phone: { ageing: 720, stale: 1440 } },
};

const movingStates: readonly LoadState[] = ['loaded', 'inTransit'];
const deadTracking: readonly TrackingState[] = ['denied', 'expired', 'failed', 'lost'];

/** The kinds of source that make up a road; what a desk hears from a person has no machine that could fail. */
const kinds: Record<Road, readonly string[]> = { tms: ['tms'], visibility: ['project44', 'fourkites', 'macropoint', 'eld'], carrier: ['carrier'], phone: [] };

/** The roads whose every source is down. */
export function roadsDown(sources: readonly SourceHealth[]): Road[] {
  return roads.filter((road) => {
    const own = sources.filter((s) => kinds[road].includes(s.source.split('/')[0] ?? ''));
    return own.length > 0 && own.every((s) => s.state === 'down');
  });
}

/** One road of one load. */
export interface Told {
  road: Road;
  freshness: Freshness;
  at: string | null;
}

/** The strip of a row. */
export function strip(row: Row, now: number, down: readonly Road[] = []): Told[] {
  const phase = movingStates.includes(row.state) ? limits.moving : limits.standing;
  return roads.map((road) => ({ road, at: row.heard[road], freshness: freshness(row, road, phase[road], now, down) }));
}

function freshness(row: Row, road: Road, limit: Limit, now: number, down: readonly Road[]): Freshness {
  if (down.includes(road) || (road === 'visibility' && deadTracking.includes(row.tracking))) return 'failing';
  const at = row.heard[road];
  if (!at) return 'none';
  const minutes = (now - Date.parse(at)) / 60_000;
  return minutes <= limit.ageing ? 'current' : minutes <= limit.stale ? 'ageing' : 'stale';
}

/** When the youngest word came; null when none did. */
export const youngest = (told: readonly Told[]): string | null => told.reduce<string | null>((best, { at }) => (at && (!best || Date.parse(at) > Date.parse(best)) ? at : best), null);

/** Nothing that was heard is fresh enough to tell by: an expected time can no longer be called known. */
export const allStale = (told: readonly Told[]): boolean => told.some((x) => x.freshness !== 'none') && told.every((x) => x.freshness !== 'current' && x.freshness !== 'ageing');
