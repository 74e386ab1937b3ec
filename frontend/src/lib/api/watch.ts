/** What the rules found, what is to be done about it, and the rules themselves. */
import { getJSON, postJSON, query } from './call';
import type * as T from './types';

const part = encodeURIComponent;

export const exceptions = {
  /** State "all" lists resolved ones too; owner "me" is who works here; severity may be several with commas. */
  list: (q: { state?: '' | 'open' | 'all'; owner?: string; load?: string; severity?: string; limit?: number } = {}, signal?: AbortSignal) => getJSON<T.Exceptions>(`exceptions${query(q)}`, signal),
  act: (acts: T.ExceptionActs) => postJSON<T.ExceptionsActed>('exceptions/acts', acts),
  causes: () => getJSON<T.Causes>('causes'),
};

export const tasks = {
  list: (q: { owner?: string; load?: string; limit?: number } = {}) => getJSON<T.Tasks>(`tasks${query(q)}`),
  settle: (outcome: T.TaskSettled) => postJSON<T.TaskNoted>('tasks/outcome', outcome),
};

export const rules = {
  list: () => getJSON<T.RuleSettings>('rules'),
  set: (edit: T.RuleEdit) => postJSON<T.RuleEdited>('rules', edit),
  preview: (trial: T.RuleTrial) => postJSON<T.RulePreview>('rules/preview', trial),
  previewed: (id: string) => getJSON<T.RulePreview>(`rules/preview/${part(id)}`),
  cancelPreview: (id: string) => postJSON<T.RulePreview>(`rules/preview/${part(id)}/cancel`, {}),
  people: () => getJSON<T.People>('people'),
  setPerson: (edit: T.PersonEdit) => postJSON<T.People>('people', edit),
};
