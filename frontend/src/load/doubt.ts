import type { Fact, Stop } from '$lib/api';

/** What speaks against a time that is being typed: it is still to come, or it does not go with what is known of the stop. */
export type Doubt = 'future' | 'leftBefore' | 'arrivedAfter' | 'farOff';

/** How far from the stop's window an event may lie before it looks like a slip, in days. */
const far = 30;

const happens: readonly Fact[] = ['arrived', 'departed', 'loaded', 'unloaded', 'picked_up', 'delivered'];

/** Local to the stop, as it is typed: "YYYY-MM-DD HH:MM". Instants of the desk carry the stop's own offset. */
const wall = (instant: string) => instant.slice(0, 16).replace('T', ' ');

const wallNow = (zone: string, now: number) => new Date(now).toLocaleString('sv-SE', { timeZone: zone || 'UTC' }).slice(0, 16);

const day = (local: string) => Date.parse(`${local.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** The doubt about an event at a stop; null where there is none. at is local to the stop. */
export function doubtOf(what: Fact, at: string | null, stop: Stop | undefined, now: number): Doubt | null {
  if (!at || !stop || !happens.includes(what)) return null;
  if (at > wallNow(stop.zone, now)) return 'future';
  if (what !== 'departed' && stop.departed?.at && at > wall(stop.departed.at)) return 'arrivedAfter';
  if (what !== 'arrived' && stop.arrived?.at && at < wall(stop.arrived.at)) return 'leftBefore';
  const planned = stop.window?.end ?? stop.window?.start;
  return planned && Math.abs(day(at) - day(planned)) > far ? 'farOff' : null;
}
