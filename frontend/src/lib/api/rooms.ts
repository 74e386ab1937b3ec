/** Roads of the screens by which a desk is worked together: cross-check, playbooks, handover, milestones, alerts. */
import { getJSON, postJSON, query } from './call';
import type * as T from './types';

const part = encodeURIComponent;

export const compare = {
  of: (ref: string, signal?: AbortSignal) => getJSON<T.Comparison>(`loads/${part(ref)}/compare`, signal),
  paste: (ref: string, paste: T.Paste) => postJSON<T.Pasted>(`loads/${part(ref)}/paste`, paste),
  accept: (ref: string, accept: T.Accept) => postJSON<T.CompareDone>(`loads/${part(ref)}/accept`, accept),
  dismiss: (ref: string, dismiss: T.Dismiss) => postJSON<T.CompareDone>(`loads/${part(ref)}/dismiss`, dismiss),
  portals: () => getJSON<T.Portals>('portals'),
  setPortal: (change: T.PortalChange) => postJSON<T.Portals>('portals', change),
  trust: () => getJSON<T.TrustOrders>('trust'),
  setTrust: (change: T.TrustChange) => postJSON<T.TrustOrders>('trust', change),
  /** The open contradictions of the desk, as exceptions. */
  contradictions: () => getJSON<T.Exceptions>(`exceptions${query({ kind: 'source.conflict' })}`),
};

export const playbooks = {
  list: () => getJSON<T.Books>('playbooks'),
  save: (edit: T.BookEdit) => postJSON<T.Book>('playbooks', edit),
  checklist: (ref: string, exception: string) => getJSON<T.CheckSheet>(`loads/${part(ref)}/exceptions/${part(exception)}/playbook`),
  mark: (ref: string, exception: string, mark: T.StepMark) => postJSON<T.StepMarked>(`loads/${part(ref)}/exceptions/${part(exception)}/playbook`, mark),
};

export const shift = {
  now: () => getJSON<T.Handover>('handover'),
  list: () => getJSON<T.Handovers>('handovers'),
  of: (id: string) => getJSON<T.Handover>(`handover/${part(id)}`),
  handOver: (what: T.HandOver) => postJSON<T.Handover>('handover', what),
  take: (id: string, take: T.TakeOver) => postJSON<T.Handover>(`handover/${part(id)}/take`, take),
  /** Gives open exceptions to who works here. */
  own: (items: T.ExceptionRef[]) => postJSON<T.ExceptionsActed>('exceptions/acts', { items, act: 'assign', owner: 'me' } satisfies T.ExceptionActs),
};

export const milestones = {
  of: (ref: string, when: { asOf?: string; at?: string } = {}) => getJSON<T.MilestoneList>(`loads/${part(ref)}/milestones${query(when)}`),
  gap: (ref: string, gap: T.GapReason) => postJSON<T.MilestoneDone>(`loads/${part(ref)}/milestones`, gap),
  close: (ref: string, close: T.CloseLoad) => postJSON<T.MilestoneDone>(`loads/${part(ref)}/close`, close),
};

export const alerts = {
  recent: (since?: number) => getJSON<T.RecentAlerts>(`alerts${query({ since })}`),
  rules: () => getJSON<T.AlertRules>('alerts/rules'),
  change: (change: T.AlertChange) => postJSON<T.AlertRules>('alerts/rules', change),
};
