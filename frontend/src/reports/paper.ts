/** The papers a person can ask for, and what each needs to be told. */
export const kinds = ['daily', 'weekly', 'scorecard', 'performance', 'handover', 'packet', 'dispute'] as const;
export type Kind = (typeof kinds)[number];

interface Needs {
  customer?: true;
  carrier?: true;
  load?: true;
  day?: true;
  week?: true;
  period?: true;
}

export const needs: Record<Kind, Needs> = { daily: { customer: true, day: true }, weekly: { customer: true, week: true }, scorecard: { carrier: true, period: true }, performance: { customer: true, period: true }, handover: {}, packet: { load: true }, dispute: { load: true } };

/** What a person filled in. */
export interface Filled {
  kind: Kind;
  customer: string;
  carrier: string;
  load: string;
  dispute: string;
  day: string;
  week: string;
  from: string;
  to: string;
}

/** What the desk is asked for; null while something it needs is not filled in. Of a period both ends are named, or none: then it is the usual one. */
export function askedOf(f: Filled): Record<string, string> | null {
  const n = needs[f.kind];
  const out: Record<string, string> = { kind: f.kind };
  if (n.customer) out['customer'] = f.customer;
  if (n.carrier) out['carrier'] = f.carrier;
  if (n.load) out['load'] = f.load;
  if (n.day) out['date'] = f.day;
  if (n.week) out['week'] = f.week;
  // The desk's own performance may be over all customers.
  if (Object.entries(out).some(([name, value]) => !value && !(f.kind === 'performance' && name === 'customer'))) return null;
  if (n.period && f.from && f.to && f.from <= f.to) Object.assign(out, { from: f.from, to: f.to });
  if (f.kind === 'dispute') out['dispute'] = f.dispute;
  return out;
}

const day = 86_400_000;

/** The ISO week of an instant in UTC, as a field for weeks holds it: 2026-W47. */
export function weekOf(at: Date): string {
  const thursday = new Date(at.getTime() + (4 - (at.getUTCDay() || 7)) * day);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const n = Math.floor((Date.UTC(thursday.getUTCFullYear(), thursday.getUTCMonth(), thursday.getUTCDate()) - first) / (7 * day)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(n).padStart(2, '0')}`;
}
