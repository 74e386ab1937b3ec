/** Trading partners: what their EDI says, how each writes, what its own codes mean, and what is written to them. */
import { getJSON, postJSON, query } from './call';
import type * as T from './types';

/** Reading a partner's files anew, and writing an answer to a large file, take as long as they take. */
const patient = 0;

export const partners = {
  list: () => getJSON<T.EdiPartners>('partners'),
  set: (edit: T.EdiPartnerEdit) => postJSON<T.EdiPartners>('partners', edit),
  unknown: () => getJSON<T.EdiUnknowns>('partners/unknown', undefined, patient),
  meanings: (list: string) => getJSON<T.EdiMeanings>(`partners/meanings${query({ list })}`),
  map: (edit: T.EdiCodeEdit) => postJSON<T.EdiReplayed>('partners/codes', edit, patient),
  explain: (request: T.ExplainRequest, signal?: AbortSignal) => postJSON<T.Explanation>('explain', request, patient, signal),
  write: (what: T.EdiWrite) => postJSON<T.EdiWritten>('edi/write', what, patient),
  /** Where a written file is fetched, to be saved. */
  written: (name: string) => `api/edi/written/${encodeURIComponent(name)}`,
};
