/** Papers: what came in, how it was read, and what a person decides of it. */
import { getJSON, postFiles, postJSON, query } from './call';
import type * as T from './types';

const part = encodeURIComponent;
const on = (id: string) => `documents/${part(id)}`;

/** What files that come are for: a load or a task may be known. */
export interface Bound {
  load?: string;
  task?: string;
}

export const papers = {
  list: (q: { load?: string; state?: T.DocumentState } = {}) => getJSON<T.Documents>(`documents${query(q)}`),
  add: (files: readonly File[], of: Bound = {}) => postFiles<T.Documents>(`documents${query({ ...of })}`, files),
  addPaths: (paths: string[], of: Bound = {}) => postJSON<T.Documents>('documents', { paths, ...of } satisfies T.Filing),
  judge: (id: string, verdict: T.Verdict) => postJSON<T.Judged>(`${on(id)}/verdict`, verdict),

  queue: (q: { stage?: T.PaperStage | ''; load?: string; words?: string; after?: string; limit?: number } = {}, signal?: AbortSignal) => getJSON<T.PaperQueue>(`documents/queue${query(q)}`, signal),
  sheet: (id: string, signal?: AbortSignal) => getJSON<T.PaperSheet>(on(id), signal),
  pages: (id: string, change: T.PageChange) => postJSON<T.PaperDone>(`${on(id)}/pages`, change),
  reading: (id: string, does: T.ReadingDeed) => postJSON<T.PaperDone>(`${on(id)}/reading`, { does } satisfies T.ReadingChange),
  ask: (id: string, ask: T.PaperAsk) => postJSON<T.PaperDone>(`${on(id)}/ask`, ask),
  acceptClean: (ids: string[] = []) => postJSON<T.PaperDone>('documents/accept', { ids } satisfies T.PaperBatch),
  undo: (act: string) => postJSON<T.PaperDone>('documents/undo', { act } satisfies T.PaperUndo),

  policies: () => getJSON<T.PaperPolicies>('documents/policies'),
  setPolicy: (edit: T.PaperPolicyEdit) => postJSON<T.PaperPolicies>('documents/policies', edit),
  numbers: (id: string) => getJSON<T.PaperNumbers>(`${on(id)}/numbers`),
  teach: (id: string, what: T.PaperTeach) => postJSON<T.PaperDone>(`${on(id)}/teach`, what),
  labels: () => getJSON<T.PaperLabels>('documents/labels'),
  forgetLabel: (id: number) => postJSON<T.PaperLabels>('documents/labels/forget', { id } satisfies T.PaperLabelEdit),
  aliases: () => getJSON<T.PaperAliases>('documents/aliases'),
  forgetAlias: (edit: T.PaperAliasEdit) => postJSON<T.PaperAliases>('documents/aliases/forget', edit),
  export: (what: T.PaperExport) => postJSON<T.PaperExported>('documents/export', what),

  /** Addresses of pictures, originals and what is made of them, for img and links. */
  page: (id: string, n: number) => `api/${on(id)}/page/${n}.png`,
  file: (id: string) => `api/${on(id)}/file`,
  copy: (id: string) => `api/${on(id)}/copy.pdf`,
  packet: (load: string, as: 'pdf' | 'zip') => `api/documents/packet${query({ load, as })}`,
};
