import { getJSON, postJSON, query } from './call';
import type * as T from './types';

/** Making a report, an archive or an export takes its time. */
const patience = 600_000;

/** Any paper as a file. */
export const papersOf = {
  file: (asked: Record<string, string>) => `api/reports/paper${query(asked)}`,
};

export const schedules = {
  list: () => getJSON<T.Schedules>('schedules'),
  change: (change: T.ScheduleChange) => postJSON<T.Schedules>('schedules', change),
  runs: (limit = 50) => getJSON<T.ScheduleRuns>(`schedules/runs${query({ limit })}`),
  /** Makes what is due now. */
  round: () => postJSON<T.ScheduleRuns>('schedules/round', {}, patience),
};

export const quality = {
  all: (asked: { customer?: string; from?: string; to?: string; kind?: string }) => getJSON<T.Quality>(`quality${query({ ...asked })}`, undefined, patience),
  /** What is wrong with the form of a number of a kind (CONTAINER, SCAC ...). */
  check: (type: string, value: string) => getJSON<T.NumberCheck>(`quality/check${query({ type, value })}`),
  corrections: (limit = 200) => getJSON<T.Corrections>(`quality/corrections${query({ limit })}`),
};

export const archives = {
  list: (load = '') => getJSON<T.Archives>(`archives${query({ load })}`),
  /** Without a file to write it only tells what would go. */
  make: (request: T.ArchiveRequest) => postJSON<T.ArchiveDone>('archives', request, patience),
  customer: (customer: string) => `api/export/customer.zip${query({ customer })}`,
};
