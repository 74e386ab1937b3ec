import { dateIn, reading } from '$lib/time/format';

/**
 * The instant of a date and time as a person writes it ("2026-11-23T14:00") on the clock of a zone. Only for asking
 * "as known at": a time in an hour that a clock change repeats is read as the first of the two.
 */
export function instantIn(local: string, zone: string): string {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return '';
  // Two steps: the offset at the first guess may be that of the other side of a clock change.
  let instant = wall - offset(wall, zone);
  instant = wall - offset(instant, zone);
  return new Date(instant).toISOString();
}

/** An instant (ms) as a field for date and time holds it: "2026-11-23T14:00" on the clock of a zone. */
export function localIn(instant: number, zone: string): string {
  return `${dateIn(zone, instant)}T${reading(new Date(instant).toISOString(), zone).time}`;
}

/** How far the clock of a zone is ahead of UTC at an instant, in ms. A fixed zone is written "UTC-06:00". */
export function offset(instant: number, zone: string): number {
  const fixed = /^UTC([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
  const parts: Record<string, number> = {};
  for (const p of formatter(zone || 'UTC').formatToParts(instant)) parts[p.type] = Number(p.value);
  const get = (name: string) => parts[name] ?? 0;
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - Math.floor(instant / 1000) * 1000;
}

function formatter(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
}
