import type { Stop } from '$lib/api';

/** The arithmetic of the time band: instants in ms become places between 0 and 1 on one line that holds the whole load. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** From and to of the line, in ms. */
export interface Axis {
  from: number;
  to: number;
}

/** A bar or a mark of one stop, in ms. */
export interface Lane {
  seq: number;
  window: Axis | null;
  original: Axis | null;
  /** between arrival and departure; to now while the truck is there */
  there: Axis | null;
  arrived: number | null;
  departed: number | null;
  eta: number | null;
  /** the earliest and the latest that any source expects */
  range: Axis | null;
  /** between the ETA and the end of the window */
  slack: (Axis & { late: boolean }) | null;
}

const ms = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);
const told = (at: number | null): at is number => at !== null && !Number.isNaN(at);

function span(w: { start: string | null; end: string | null } | null): Axis | null {
  const from = ms(w?.start ?? w?.end);
  const to = ms(w?.end ?? w?.start);
  return told(from) && told(to) ? { from: Math.min(from, to), to: Math.max(from, to) } : null;
}

/** What of a stop has a place in time. A window of whole days has no end to be late against, and so no slack. */
export function lane(stop: Stop, now: number): Lane {
  const window = span(stop.window);
  const first = span(stop.original);
  const arrived = ms(stop.arrived?.at);
  const departed = ms(stop.departed?.at);
  const eta = arrived === null ? ms(stop.eta?.at) : null;
  const expected = arrived === null ? (stop.eta?.claims ?? []).map((c) => ms(c.at)).filter(told) : [];
  return {
    seq: stop.seq,
    window,
    original: first && window && (first.from !== window.from || first.to !== window.to) ? first : null,
    there: arrived === null ? null : { from: arrived, to: Math.max(arrived, departed ?? done(stop) ?? now) },
    arrived,
    departed,
    eta,
    range: expected.length > 1 ? { from: Math.min(...expected), to: Math.max(...expected) } : null,
    slack: eta !== null && window && !stop.window?.dayOnly ? { from: Math.min(eta, window.to), to: Math.max(eta, window.to), late: eta > window.to } : null,
  };
}

/** The last thing that was done at a stop whose departure nobody told. */
function done(stop: Stop): number | null {
  const all = [stop.loaded, stop.unloaded, stop.pickedUp, stop.delivered].map((a) => ms(a?.at)).filter(told);
  return all.length ? Math.max(...all) : null;
}

/** The line that holds every lane, with air at both ends. Now belongs to it unless it lies more than a day outside. Null without any time. */
export function axis(lanes: readonly Lane[], now: number): Axis | null {
  const all = lanes.flatMap((l) => [l.window?.from, l.window?.to, l.original?.from, l.original?.to, l.there?.from, l.there?.to, l.departed, l.eta, l.range?.from, l.range?.to]).filter((at): at is number => told(at ?? null));
  if (!all.length) return null;
  let from = Math.min(...all);
  let to = Math.max(...all);
  if (now > from - day && now < to + day) {
    from = Math.min(from, now);
    to = Math.max(to, now);
  }
  const air = Math.max((to - from) * 0.04, 30 * minute);
  return { from: from - air, to: to + air };
}

/** Where an instant stands on the line, 0 to 1, kept inside. */
export const place = (at: number, a: Axis) => Math.min(1, Math.max(0, (at - a.from) / (a.to - a.from)));

const steps = [15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day];

/**
 * Round hours of a zone's clock along the line, at most a number of them. Ahead tells how far that clock is ahead of UTC at an
 * instant, in ms; where it changes between two ticks they stay round on the new clock.
 */
export function ticks(a: Axis, most: number, ahead: (at: number) => number): number[] {
  const step = steps.find((s) => (a.to - a.from) / s <= most) ?? (a.to - a.from) / most;
  const out: number[] = [];
  for (let wall = Math.ceil((a.from + ahead(a.from)) / step) * step; out.length <= most; wall += step) {
    const at = wall - ahead(wall - ahead(a.from));
    if (at > a.to) break;
    if (at >= a.from) out.push(at);
  }
  return out;
}
