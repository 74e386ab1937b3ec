import { describe, expect, it } from 'vitest';
import type { KPI, KPIRow, TrendWeek } from '$lib/api';
import { apart, bars, copied, fitting, grouped, minutes, placed, valued, weeksOf } from './figures';

const kpi = (name: string, value: number | null, n: number, rest: Partial<KPI> = {}): KPI => ({ name, title: name, unit: 'ratio', value, n, low: null, high: null, small: n < 5, excluded: [], definition: '', ...rest });
const row = (rest: Partial<KPIRow>): KPIRow => ({ load: '1', customer: 'Acme', carrier: 'Swift', lane: 'Dallas → Memphis', ...rest });

describe('figures', () => {
  it.each([
    ['ratio', 0.885, '88.5 %'],
    ['min', 8.4, '8 min'],
    ['min', -150, '−2 h 30 m'],
    ['min', 21.4 * 1440, '21 d 9 h'],
    ['USD', 731.25, '$731'],
    ['count', 1186, '1,186'],
    ['count', 2930.43, '2,930.4'],
  ])('%s %d is written %s', (unit, value, want) => expect(valued(unit, value)).toBe(want));

  it('writes two hours in hours', () => expect([minutes(119), minutes(120)]).toEqual(['119 min', '2 h 0 m']));

  it('stand in groups; those not looked at every day only when asked for, none twice', () => {
    const kpis = [kpi('otd.current', 1, 9), kpi('eta.1h.bias', 0, 3), kpi('pod.cycle', null, 0)];
    expect(grouped(kpis, false).map((g) => [g.name, g.kpis.map((k) => k.name)])).toEqual([['service', ['otd.current']], ['papers', ['pod.cycle']]]);
    expect(grouped(kpis, true).flatMap((g) => g.kpis)).toHaveLength(3);
  });

  it('are copied with n, interval and what was left out', () => expect(copied([kpi('otd', 0.9, 10, { low: 0.6, high: 0.98, excluded: [{ cause: 'cancelled', n: 2 }] })])).toBe('Figure\tValue\tn\t95 %\tLeft out\notd\t90.0 %\t10\t60.0–98.0 %\t2 cancelled'));
});

describe('the trend', () => {
  const trend: TrendWeek[] = [0.9, 0.95, null].map((value, i) => ({ from: `2026-11-0${i + 1}`, to: '', kpis: value === null ? [] : [{ name: 'otd', value, n: 4 + i, small: i === 0 }] }));
  it('has a gap where nothing was counted', () => expect(weeksOf(trend, 'otd').map((w) => w.value)).toEqual([0.9, 0.95, null]));
  it('draws a difference of five points of a hundred over half the height', () => {
    const [a, b] = placed(weeksOf(trend, 'otd'), 'ratio');
    expect(a?.y).toBeCloseTo(0.75);
    expect(b?.y).toBeCloseTo(0.25);
    expect(b?.x).toBe(0.5);
  });
  it('never draws a share beyond all or nothing', () => {
    const flat = [1, 1].map((value) => ({ from: '', to: '', value, n: 9, small: false }));
    expect(placed(flat, 'ratio').map((p) => p.y)).toEqual([0, 0]);
    expect(placed([], 'ratio')).toEqual([]);
  });
});

describe('rows', () => {
  const rows = [row({ outcome: 'onTime', due: '2026-11-20T10:00:00-06:00' }), row({ outcome: 'late', value: 30, due: '2026-11-20T10:00:00-06:00' }), row({ carrier: 'Knight', excluded: 'cancelled', dueDay: '2026-11-19' }), row({ carrier: '', outcome: 'late', value: 90 })];
  it('are told apart by what they differ in', () => expect(apart(rows)).toEqual(['outcome', 'excluded', 'carrier', 'day']));
  it('become bars, the most first, with what was missed and the mean', () =>
    expect(bars(rows, 'carrier').map((b) => [b.name, b.rows, b.counted, b.missed, b.mean])).toEqual([['Swift', 2, 2, 1, 30], ['', 1, 1, 1, 90], ['Knight', 1, 0, 0, null]]));
  it('become bars of days in order', () => expect(bars(rows, 'day').map((b) => b.name)).toEqual(['', '2026-11-19', '2026-11-20']));
  it('stand in no bar of what was left out when they count', () => expect(bars(rows, 'excluded').map((b) => [b.name, b.rows])).toEqual([['cancelled', 1]]));
  it('fit every filter; the bars of a dimension are not narrowed by its own', () => {
    expect(fitting(rows, { carrier: 'Swift', outcome: 'late' })).toHaveLength(1);
    expect(fitting(rows, { carrier: 'Swift', outcome: 'late' }, 'carrier')).toHaveLength(2);
    expect(fitting(rows, { carrier: '' })).toHaveLength(1);
  });
  it('add up: every row stands in one bar', () => expect(bars(rows, 'carrier').reduce((n, b) => n + b.rows, 0)).toBe(rows.length));
});
