/**
 * Times as people at the stop read them: an instant from Go, shown in the stop's own zone with the zone's letters.
 * Formatters are cached: making one costs a hundred times more than using it. Names and their order are those of the words.
 */
import { t } from '$lib/words';

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
  // Zones have their letters (CST) in English only, and numbers are read by their names, whatever stands first.
  const locale = 'en-US';
  const options: Intl.DateTimeFormatOptions =
    kind === 'letters'
      ? { timeZoneName: 'short' }
      : { weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone || 'UTC' });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

/** Names in the person's language: of days from Sunday on, of months from January on. */
const names = (options: Intl.DateTimeFormatOptions, days: readonly number[]) => days.map((at) => new Intl.DateTimeFormat(t.language.locale, { ...options, timeZone: 'UTC' }).format(at));
const weekdays = new Map(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].map((day, i) => [day, names({ weekday: 'short' }, [Date.UTC(2000, 0, 2 + i)])[0] ?? day]));
const months = names({ month: 'short' }, Array.from({ length: 12 }, (_, i) => Date.UTC(2000, i, 15)));

/** An instant read on the clock of a zone. */
export interface Reading {
  /** YYYY-MM-DD, for arithmetic. */
  date: string;
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
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`, weekday: weekdays.get(get('weekday')) ?? '', year: get('year'), month: months[Number(get('month')) - 1] ?? '',
    day: get('day'), time: `${get('hour')}:${get('minute')}`,
  };
}

/** The zone's letters at that instant: CST, CDT, UTC−6. */
export function letters(iso: string, zone: string): string {
  if (!zone) return 'UTC';
  if (fixed(zone) !== null) return zone.replace(/^UTC([+-])0?/, 'UTC$1').replace(':00', '').replace('-', '−');
  const part = formatter(zone, 'letters').formatToParts(new Date(iso)).find((p) => p.type === 'timeZoneName');
  return (part?.value ?? '').replace('GMT', 'UTC').replace('-', '−');
}

const sameDay = (a: Reading, b: Reading) => a.date === b.date;

/** The day of a reading, left out when it is today there: "", "Tue", "Tue Nov 30", "Nov 30 2025". Never ambiguous. */
export function dayOf(r: Reading, iso: string, now: number, zone: string): string {
  const today = reading(new Date(now).toISOString(), zone);
  if (sameDay(r, today)) return '';
  if (r.year !== today.year) return t.time.date({ month: r.month, day: r.day, year: r.year });
  return t.time.date(Math.abs(Date.parse(iso) - now) < 6 * day ? { weekday: r.weekday, day: r.day } : { month: r.month, day: r.day });
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
  const local = `${t.time.date(r)} ${r.time} ${letters(iso, zone)}`;
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
  if (dayOnly) return join(when || t.time.today, sameDay(a, b) ? '' : `– ${dayOf(b, last, now, zone) || t.time.today}`, t.time.anyTime);
  const times = first === last ? a.time : `${a.time}–${b.time}${sameDay(a, b) ? '' : ` ${t.time.daysOn(daysBetween(a, b))}`}`;
  return join(when, times, letters(first, zone));
}

function daysBetween(a: Reading, b: Reading): number {
  return Math.round((Date.parse(b.date) - Date.parse(a.date)) / day);
}

/** A length of time in two units at most: "12m", "1h 50m", "3d 4h". */
export function length(ms: number): string {
  const m = Math.round(Math.abs(ms) / minute);
  const u = t.time.units;
  if (m < 60) return `${m}${u.minute}`;
  if (m < 48 * 60) return join(`${Math.floor(m / 60)}${u.hour}`, m % 60 ? `${m % 60}${u.minute}` : '');
  return join(`${Math.floor(m / 1440)}${u.day}`, Math.floor((m % 1440) / 60) ? `${Math.floor((m % 1440) / 60)}${u.hour}` : '');
}

/** "in 1h 50m", "12m ago", "now". */
export function relative(iso: string, now: number): string {
  const ms = Date.parse(iso) - now;
  if (Math.abs(ms) < minute / 2) return t.time.now;
  return ms > 0 ? t.time.in(length(ms)) : t.time.ago(length(ms));
}

/** Age in one unit: "now", "12m", "4h", "3d". */
export function age(iso: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(iso));
  const u = t.time.units;
  if (ms < minute) return t.time.now;
  if (ms < hour) return `${Math.floor(ms / minute)}${u.minute}`;
  return ms < 2 * day ? `${Math.floor(ms / hour)}${u.hour}` : `${Math.floor(ms / day)}${u.day}`;
}

/** Age in a sentence: "just now", "12m ago". */
export const ago = (iso: string, now: number): string => (now - Date.parse(iso) < minute ? t.time.justNow : t.time.ago(age(iso, now)));

/** Slack: how long before the end of the window a load is expected, signed: "+35m", "−1h 10m". */
export function slack(eta: string | null, end: string | null): { text: string; late: boolean } | null {
  if (!eta || !end) return null;
  const ms = Date.parse(end) - Date.parse(eta);
  return { text: `${ms < 0 ? '−' : '+'}${length(ms)}`, late: ms < 0 };
}

/** Today's date in a zone, as YYYY-MM-DD. */
export function dateIn(zone: string, now: number): string {
  return reading(new Date(now).toISOString(), zone).date;
}
