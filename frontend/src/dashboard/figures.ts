import type { KPI, KPIRow, TrendWeek } from '$lib/api';
import { t } from '$lib/words';
import { dash } from '$lib/words/dashboard';

/** The figures a desk looks at every day, by what they speak of. The others are one key away. */
const groups = {
  service: ['otp.original', 'otp.current', 'otd.original', 'otd.current', 'otd.current.excludingCustomer', 'otd.current.late', 'otd.current.lateMinutes', 'otif'],
  tracking: ['tracking.compliance', 'tracking.automation', 'milestones.complete', 'milestones.timely'],
  exceptions: ['exceptions.per1000', 'exceptions.detect', 'exceptions.resolve', 'proactive', 'calls.coverage', 'calls.saved'],
  papers: ['pod.cycle', 'pod.within24h', 'invoice.ready', 'dwell.delivery', 'detention.usd'],
  eta: ['eta.6h.mae', 'eta.2h.mae', 'eta.band', 'data.agreement', 'network.score'],
} as const;

export type GroupName = keyof typeof groups | 'others';

export interface Group {
  name: GroupName;
  kpis: KPI[];
}

/** The figures in groups; with all, those that are not looked at every day follow. */
export function grouped(kpis: readonly KPI[], all: boolean): Group[] {
  const named = new Map(kpis.map((k) => [k.name, k]));
  const out: Group[] = Object.entries(groups).map(([name, list]) => ({ name: name as GroupName, kpis: list.flatMap((n) => named.get(n) ?? []) }));
  if (all) {
    const shown = new Set<string>(Object.values(groups).flat());
    out.push({ name: 'others', kpis: kpis.filter((k) => !shown.has(k.name)) });
  }
  return out.filter((g) => g.kpis.length);
}

/** Minutes as a person says them: "8 min", "1 h 30 m", "2 d 4 h". */
export function minutes(n: number): string {
  const sign = n < 0 ? '−' : '';
  const m = Math.round(Math.abs(n));
  const { day, hour, minute } = t.time.units;
  if (m < 120) return `${sign}${m} ${dash.min}`;
  if (m < 48 * 60) return `${sign}${Math.floor(m / 60)} ${hour} ${m % 60} ${minute}`;
  return `${sign}${Math.floor(m / 1440)} ${day} ${Math.floor((m % 1440) / 60)} ${hour}`;
}

/** A value in its unit. */
export function valued(unit: string, value: number): string {
  if (unit === 'ratio') return dash.percent(value);
  if (unit === 'min') return minutes(value);
  if (unit === 'USD') return dash.money(value);
  return t.number(Math.round(value * 10) / 10);
}

/** The interval of a share, "85.6–93.8 %"; "" of anything else. */
export const interval = (k: KPI) => (k.low === null || k.high === null || k.value === null ? '' : dash.between(k.low, k.high));

/** The weeks of one figure: its value, or null where nothing was counted. */
export interface Week {
  from: string;
  to: string;
  value: number | null;
  n: number;
  small: boolean;
}

export const weeksOf = (trend: readonly TrendWeek[], name: string): Week[] =>
  trend.map((week) => {
    const point = week.kpis.find((p) => p.name === name);
    return { from: week.from, to: week.to, value: point?.value ?? null, n: point?.n ?? 0, small: point?.small ?? true };
  });

/** Where points of a line lie in a box of 1 by 1, y downwards; a share fills at least ten points of a hundred, so that little is not drawn as much. */
export function placed(weeks: readonly Week[], unit: string): { x: number; y: number; week: Week }[] {
  const values = weeks.flatMap((w) => (w.value === null ? [] : [w.value]));
  if (!values.length) return [];
  let low = Math.min(...values);
  let high = Math.max(...values);
  const least = unit === 'ratio' ? 0.1 : Math.max(1, Math.abs(high) * 0.1);
  if (high - low < least) {
    const middle = (high + low) / 2;
    low = middle - least / 2;
    high = middle + least / 2;
    if (unit === 'ratio' && high > 1) [low, high] = [1 - least, 1];
    if (low < 0 && Math.min(...values) >= 0) [low, high] = [0, least];
  }
  return weeks.flatMap((week, i) => (week.value === null ? [] : [{ x: weeks.length > 1 ? i / (weeks.length - 1) : 0.5, y: 1 - (week.value - low) / (high - low), week }]));
}

/** By what rows can be told apart. */
export const dimensions = ['outcome', 'excluded', 'carrier', 'customer', 'lane', 'place', 'party', 'what', 'day'] as const;
export type Dimension = (typeof dimensions)[number];

const dayOf = (r: KPIRow) => r.dueDay ?? r.due?.slice(0, 10) ?? r.day ?? r.actual?.slice(0, 10) ?? '';

/** What a row is in a dimension; "" where it says nothing. */
export const partOf = (r: KPIRow, d: Dimension): string => (d === 'day' ? dayOf(r) : (r[d] ?? ''));

export type Filters = Readonly<Partial<Record<Dimension, string>>>;

/** The rows that fit every filter but that of one dimension, for whose bars they are wanted. */
export const fitting = (rows: readonly KPIRow[], filters: Filters, but?: Dimension): KPIRow[] => {
  const asked = Object.entries(filters).filter(([d]) => d !== but) as [Dimension, string][];
  return asked.length ? rows.filter((r) => asked.every(([d, value]) => partOf(r, d) === value)) : [...rows];
};

/** One bar of a chart over rows: how many rows, how many of them count, how many missed, and the mean of their values. */
export interface Bar {
  name: string;
  rows: number;
  counted: number;
  missed: number;
  mean: number | null;
}

const failing = new Set(['late', 'early']);

/** Rows by a dimension: days in order, all else the most first. */
export function bars(rows: readonly KPIRow[], by: Dimension): Bar[] {
  const sums = new Map<string, Bar & { sum: number; values: number }>();
  for (const row of rows) {
    const name = partOf(row, by);
    if (by === 'excluded' && !name) continue;
    const bar = sums.get(name) ?? { name, rows: 0, counted: 0, missed: 0, mean: null, sum: 0, values: 0 };
    bar.rows++;
    if (!row.excluded) {
      bar.counted++;
      if (failing.has(row.outcome ?? '')) bar.missed++;
      if (row.value !== undefined) {
        bar.sum += row.value;
        bar.values++;
      }
    }
    sums.set(name, bar);
  }
  const out = [...sums.values()].map(({ sum, values, ...bar }) => ({ ...bar, mean: values ? sum / values : null }));
  return out.sort((a, b) => (by === 'day' ? (a.name < b.name ? -1 : 1) : b.rows - a.rows || (a.name < b.name ? -1 : 1)));
}

/** The dimensions in which some rows differ. */
export const apart = (rows: readonly KPIRow[]): Dimension[] => dimensions.filter((d) => (d === 'excluded' ? rows.some((r) => r.excluded) : new Set(rows.map((r) => partOf(r, d))).size > 1));

/** What is copied: a line a figure, columns by tabs, so that a sheet takes it. */
export const copied = (kpis: readonly KPI[]) =>
  [dash.copyHeads.join('\t'), ...kpis.map((k) => [k.title, k.value === null ? '' : valued(k.unit, k.value), k.n, interval(k), k.excluded.map((x) => dash.cause(x.cause, x.n)).join(', ')].join('\t'))].join('\n');
