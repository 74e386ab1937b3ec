/** The one road to the desk. Everything the screens know or do goes through here. */
import { getBytes, getJSON, postFiles, postJSON, query } from './call';
import type * as T from './types';

export { type Bound, papers } from './bench';
export { DeskError } from './call';
export { follow } from './changes';
export { feeds } from './feeds';
export { figures } from './figures';
export { partners } from './partners';
export * from './rooms';
export { archives, papersOf, quality, schedules } from './upkeep';
export { exceptions, rules, tasks } from './watch';
export type * from './types';

const part = encodeURIComponent;

export const status = () => getJSON<T.DeskStatus>('status');

export const board = {
  open: (spec: T.ViewSpec) => postJSON<T.View>('board/view', spec),
  rows: (view: string, from: number, to: number, signal?: AbortSignal) => getJSON<T.Rows>(`board/rows${query({ view, from, to })}`, signal),
  search: (q: string, limit = 50, signal?: AbortSignal) => getJSON<T.Hits>(`search${query({ q, limit })}`, signal),
  customers: () => getJSON<T.Parties>('customers'),
  carriers: () => getJSON<T.Parties>('carriers'),
  views: () => getJSON<T.SavedViews>('views'),
  saveViews: (views: T.SavedViews) => postJSON<T.SavedViews>('views', views),
};

export const loads = {
  load: (ref: string, when: { asOf?: string; at?: string } = {}, signal?: AbortSignal) => getJSON<T.Load>(`loads/${part(ref)}${query(when)}`, signal),
  trail: (ref: string, when: { asOf?: string; at?: string } = {}, signal?: AbortSignal) => getJSON<T.Trail>(`loads/${part(ref)}/trail${query(when)}`, signal),
  state: (ref: string, edit: T.Edit) => postJSON<T.Stated>(`loads/${part(ref)}/claims`, edit),
  stateMany: (edit: T.BulkEdit) => postJSON<T.BulkStated>('claims', edit),
  raw: (observation: string) => getJSON<T.RawBody>(`observations/${part(observation)}/raw`),
};

export const sources = {
  stage: (files: readonly File[]) => postFiles<T.Uploads>('uploads', files),
  preview: (request: T.ImportRequest) => postJSON<T.Preview>('import/preview', request),
  import: (request: T.ImportRequest) => postJSON<T.Started>('import', request),
  job: (id: string) => getJSON<T.Job>(`jobs/${part(id)}`),
  cancel: (id: string) => postJSON<T.Job>(`jobs/${part(id)}/cancel`, {}),
  profiles: () => getJSON<T.Profiles>('profiles'),
  quarantine: () => getJSON<T.Quarantine>('quarantine'),
  decide: (id: string, decision: T.Decision) => postJSON<T.Decided>(`quarantine/${part(id)}`, decision),
};

/** The bytes of a report, for drawing. */
export const reportPDF = getBytes;

export const reports = {
  daily: (customer: string, date: string) => getJSON<T.Daily>(`reports/daily${query({ customer, date })}`),
  dailyPDF: (customer: string, date: string) => `api/reports/daily.pdf${query({ customer, date })}`,
};

/** The desk's own settings. */
export const settings = {
  folders: () => getJSON<T.Folders>('folders'),
  changeFolder: (change: T.FolderChange) => postJSON<T.Folders>('folders', change),
  set: (setting: T.Setting) => postJSON<T.Setting>('settings', setting),
};

export const work = {
  undo: (observation: string) => postJSON<T.Undone>('undo', { observation } satisfies T.UndoRequest),
  /** Has a settled entry wait again. */
  reopen: (intent: string) => postJSON<T.Undone>('undo', { intent } satisfies T.UndoRequest),
  history: () => getJSON<T.History>('history'),
  intents: () => getJSON<T.Intents>('intents'),
  /** Has an entry for a source sent again, as it is or changed. */
  resend: (id: string) => postJSON<T.Sent>(`intents/${part(id)}/retry`, {}),
  reword: (id: string, says: string) => postJSON<T.Sent>(`intents/${part(id)}/edit`, { says } satisfies T.SentEdit),
  settle: (id: string, state: T.IntentState) => postJSON<T.Intent>(`intents/${part(id)}`, { state } satisfies T.IntentChange),
  exportCSV: 'api/intents/export.csv',
  /** What an X12 214 would say now, and what it would leave out. */
  outgoing214: () => getJSON<T.Outgoing214>('intents/x12'),
  exportX12: 'api/intents/export.edi',
};
