import { getJSON, query } from './call';
import type * as T from './types';

/** What figures are asked for. Days are YYYY-MM-DD; asOf is an instant. */
export interface Asked {
  customer?: string;
  carrier?: string;
  from?: string;
  to?: string;
  definition?: string;
  rows?: string;
  weeks?: number;
  asOf?: string;
}

/** Counting over many loads takes its time. */
const patience = 120_000;

export const figures = {
  kpis: (asked: Asked) => getJSON<T.KPIs>(`kpi${query({ ...asked })}`, undefined, patience),
  definitions: () => getJSON<T.Definitions>('kpi/definitions'),
  /** The figures, or with rows the rows behind one, as CSV. */
  csv: (asked: Asked) => `api/dashboard/export.csv${query({ ...asked })}`,
};
