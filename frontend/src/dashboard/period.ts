/** Periods of days a person chooses by name; days are YYYY-MM-DD, both ends included. */
export const presets = ['last7', 'thisWeek', 'lastWeek', 'last4Weeks', 'last13Weeks', 'thisMonth', 'lastMonth', 'lastYear', 'own'] as const;
export type Preset = (typeof presets)[number];

const dayMs = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The days of a period, counted from today; null for the person's own. */
export function daysOf(preset: Preset, today: string): { from: string; to: string } | null {
  const now = Date.parse(today);
  const date = new Date(now);
  const monday = now - ((date.getUTCDay() + 6) % 7) * dayMs;
  const first = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const span = (from: number, to: number) => ({ from: dayOf(from), to: dayOf(to) });
  switch (preset) {
    case 'last7':
      return span(now - 6 * dayMs, now);
    case 'thisWeek':
      return span(monday, monday + 6 * dayMs);
    case 'lastWeek':
      return span(monday - 7 * dayMs, monday - dayMs);
    case 'last4Weeks':
      return span(monday - 28 * dayMs, monday - dayMs);
    case 'last13Weeks':
      return span(monday - 91 * dayMs, monday - dayMs);
    case 'thisMonth':
      return span(first(0), first(1) - dayMs);
    case 'lastMonth':
      return span(first(-1), first(0) - dayMs);
    case 'lastYear':
      return span(Date.UTC(date.getUTCFullYear() - 1, 0, 1), Date.UTC(date.getUTCFullYear(), 0, 1) - dayMs);
    case 'own':
      return null;
  }
}

/** The week before or after, the month before or after: a period of the same length, moved by its length. */
export function moved(from: string, to: string, by: number): { from: string; to: string } {
  const length = Date.parse(to) - Date.parse(from) + dayMs;
  return { from: dayOf(Date.parse(from) + by * length), to: dayOf(Date.parse(to) + by * length) };
}
