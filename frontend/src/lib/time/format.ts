/**
 * Times as people at the stop read them: an instant from Go, shown in the stop's own zone with the zone's letters.
 * Formatters are cached: making one costs a hundred times more than using it.
 */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, kind: 'parts' | 'letters'): Intl.DateTimeFormat {
  const key = `${kind}|${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = make(zone, kind);
  formatters.set(key, made);
  return made;
}

function make(zone: string, kind: 'parts' | 'letters'): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions =
    kind === 'letters'
      ? { timeZoneName: 'short' }
      : { weekday: 'short', year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone || 'UTC' });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** An instant read on the clock of a zone. */
export interface Reading {
  weekday: string;
  year: string;
  month: string;
  day: string;
  time: string;
}

/** Minutes of a fixed zone such as "UTC-06:00", which not every engine knows; null for a named zone. */
function fixed(zone: string): number | null {
  const m = /^UTC([+-])(\d\d):(\d\d)$/.exec(zone);
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : null;
}

export function reading(iso: string, zone: string): Reading {
  const out: Record<string, string> = {};
  const ahead = fixed(zone);
  const shown = new Date(Date.parse(iso) + (ahead ?? 0) * minute);
  for (const p of formatter(ahead === null ? zone : 'UTC', 'parts').formatToParts(shown)) out[p.type] = p.value;
  const get = (name: string) => out[name] ?? '';
  return { weekday: get('weekday'), year: get('year'), month: get('month'), day: get('day'), time: `${get('hour')}:${get('minute')}` };
}

/** The zone's letters at that instant: CST, CDT, UTC−6. */
export function letters(iso: string, zone: string): string {
  if (!zone) return 'UTC';
  if (fixed(zone) !== null) return zone.replace(/^UTC([+-])0?/, 'UTC$1').replace(':00', '').replace('-', '−');
  const part = formatter(zone, 'letters').formatToParts(new Date(iso)).find((p) => p.type === 'timeZoneName');
  return (part?.value ?? '').replace('GMT', 'UTC').replace('-', '−');
}

const sameDay = (a: Reading, b: Reading) => a.day === b.day && a.month === b.month && a.year === b.year;

/** The day of a reading, left out when it is today there: "", "Tue", "Tue Nov 30", "Nov 30 2025". Never ambiguous. */
export function dayOf(r: Reading, iso: string, now: number, zone: string): string {
  const today = reading(new Date(now).toISOString(), zone);
  if (sameDay(r, today)) return '';
  if (r.year !== today.year) return `${r.month} ${r.day} ${r.year}`;
  return Math.abs(Date.parse(iso) - now) < 6 * day ? `${r.weekday} ${r.day}` : `${r.month} ${r.day}`;
}

const join = (...parts: string[]) => parts.filter(Boolean).join(' ');

/** "14:30", "Tue 24 14:30", in the stop's zone. */
export function clock(iso: string, zone: string, now: number): string {
  const r = reading(iso, zone);
  return join(dayOf(r, iso, now, zone), r.time);
}

/** "Tue 24 14:30 CST". */
export const at = (iso: string, zone: string, now: number) => join(clock(iso, zone, now), letters(iso, zone));

/** The whole of it, for tooltips: "Tue Nov 24 2026 14:30 CST (20:30 UTC)". */
export function full(iso: string, zone: string): string {
  const r = reading(iso, zone);
  const local = `${r.weekday} ${r.month} ${r.day} ${r.year} ${r.time} ${letters(iso, zone)}`;
  return !zone || zone === 'UTC' ? local : `${local} (${reading(iso, 'UTC').time} UTC)`;
}

/** A window: "08:00–12:00 CST", "Tue 24 22:00–02:00 +1d CST", one instant when both ends are the same. */
export function span(start: string | null, end: string | null, zone: string, now: number, dayOnly = false): string {
  const first = start ?? end;
  const last = end ?? start;
  if (!first || !last) return '';
  const a = reading(first, zone);
  const b = reading(last, zone);
  const when = dayOf(a, first, now, zone);
  if (dayOnly) return join(when || 'today', sameDay(a, b) ? '' : `– ${dayOf(b, last, now, zone) || 'today'}`, 'any time');
  const times = first === last ? a.time : `${a.time}–${b.time}${sameDay(a, b) ? '' : ` +${daysBetween(a, b)}d`}`;
  return join(when, times, letters(first, zone));
}

function daysBetween(a: Reading, b: Reading): number {
  const utc = (r: Reading) => Date.parse(`${r.month} ${r.day} ${r.year} UTC`);
  return Math.round((utc(b) - utc(a)) / day);
}

/** A length of time in two units at most: "12m", "1h 50m", "3d 4h". */
export function length(ms: number): string {
  const m = Math.round(Math.abs(ms) / minute);
  if (m < 60) return `${m}m`;
  if (m < 48 * 60) return join(`${Math.floor(m / 60)}h`, m % 60 ? `${m % 60}m` : '');
  return join(`${Math.floor(m / 1440)}d`, Math.floor((m % 1440) / 60) ? `${Math.floor((m % 1440) / 60)}h` : '');
}

/** "in 1h 50m", "12m ago", "now". */
export function relative(iso: string, now: number): string {
  const ms = Date.parse(iso) - now;
  if (Math.abs(ms) < minute / 2) return 'now';
  return ms > 0 ? `in ${length(ms)}` : `${length(ms)} ago`;
}

/** Age in one unit: "now", "12m", "4h", "3d". */
export function age(iso: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(iso));
  if (ms < minute) return 'now';
  if (ms < hour) return `${Math.floor(ms / minute)}m`;
  return ms < 2 * day ? `${Math.floor(ms / hour)}h` : `${Math.floor(ms / day)}d`;
}

/** Slack: how long before the end of the window a load is expected, signed: "+35m", "−1h 10m". */
export function slack(eta: string | null, end: string | null): { text: string; late: boolean } | null {
  if (!eta || !end) return null;
  const ms = Date.parse(end) - Date.parse(eta);
  return { text: `${ms < 0 ? '−' : '+'}${length(ms)}`, late: ms < 0 };
}

/** Today's date in a zone, as YYYY-MM-DD. */
export function dateIn(zone: string, now: number): string {
  const r = reading(new Date(now).toISOString(), zone);
  const month = new Date(`${r.month} 1 2000 UTC`).getUTCMonth() + 1;
  return `${r.year}-${String(month).padStart(2, '0')}-${r.day}`;
}
