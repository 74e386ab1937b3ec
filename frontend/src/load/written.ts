import { dateIn } from '$lib/time/format';

/**
 * A time as a person types it at a desk, made whole with today's date at the stop: "14:30", "1430", "2:30 pm", "11/24 14:30",
 * "11/24/2026 1430", "2026-11-24 14:30", "yesterday 14:30". The answer is "YYYY-MM-DD HH:MM", still local to the stop: Go
 * gives it its zone. Null when it is no such time; nothing is guessed.
 */
export function written(text: string, zone: string, now: number): string | null {
  const words = text.trim().toLowerCase();
  const split = /^(?:(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\/\d{1,2}(?:\/\d{2,4})?|today|yesterday|tomorrow)[ t,]+)?(.+)$/.exec(words);
  if (!split) return null;
  const time = timeOf(split[2] ?? '');
  const date = dateOf(split[1] ?? 'today', zone, now);
  return time && date ? `${date} ${time}` : null;
}

function timeOf(text: string): string | null {
  const m = /^(\d{1,2}):?(\d{2})\s*(am|pm|a|p)?$/.exec(text.trim());
  if (!m) return null;
  let hour = Number(m[1]);
  const minute = Number(m[2]);
  if (m[3]) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (m[3].startsWith('p') ? 12 : 0);
  }
  return hour < 24 && minute < 60 ? `${pad(hour)}:${pad(minute)}` : null;
}

function dateOf(text: string, zone: string, now: number): string | null {
  const day = 24 * 3600_000;
  if (text === 'today') return dateIn(zone, now);
  if (text === 'yesterday') return dateIn(zone, now - day);
  if (text === 'tomorrow') return dateIn(zone, now + day);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const us = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?$/.exec(text);
  if (!us) return null;
  const year = us[3] ? Number(us[3]) + (us[3].length === 2 ? 2000 : 0) : nearestYear(Number(us[1]), Number(us[2]), now);
  return real(year, Number(us[1]), Number(us[2]));
}

/** A day without a year is the one nearest to now: 12/31 said on January 2 is last year's. */
function nearestYear(month: number, day: number, now: number): number {
  const year = new Date(now).getUTCFullYear();
  const far = (y: number) => Math.abs(Date.UTC(y, month - 1, day) - now);
  return [year - 1, year, year + 1].reduce((best, y) => (far(y) < far(best) ? y : best));
}

function real(year: number, month: number, day: number): string | null {
  const d = new Date(Date.UTC(year, month - 1, day));
  return d.getUTCMonth() === month - 1 && d.getUTCDate() === day ? `${year}-${pad(month)}-${pad(day)}` : null;
}

const pad = (n: number) => String(n).padStart(2, '0');
