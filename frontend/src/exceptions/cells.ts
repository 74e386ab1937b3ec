import type { ExceptionItem } from '$lib/api';
import { ago, at, full, length, relative } from '$lib/time/format';
import { ex } from '$lib/words/exceptions';
import type { ColumnID } from './columns';

/** What stands in a cell: words, a sign before them, and what is less than the words after them. */
export interface Drawn {
  text: string;
  lead?: string;
  tail?: string;
  tone?: string;
}

/** Where an exception stands, in a word; what sleeps, left or lost its cause says so first. */
export function stateOf(item: ExceptionItem, left: boolean, now: number): string {
  if (left) return ex.leftState;
  if (item.state !== 'resolved' && item.snoozedUntil && Date.parse(item.snoozedUntil) > now) return ex.snoozedUntil(at(item.snoozedUntil, item.zone, now));
  if (item.clearedAt && item.state !== 'resolved') return ex.clearedState;
  return ex.state(item.state);
}

/** When something must be done: "in 20m", or "! 20m over". */
export function dueOf(due: string | null, now: number): { text: string; late: boolean } | null {
  if (!due) return null;
  const late = Date.parse(due) < now;
  return { text: late ? ex.overdue(length(now - Date.parse(due))) : relative(due, now), late };
}

export function draw(item: ExceptionItem, column: ColumnID, left: boolean, now: number): Drawn {
  switch (column) {
    case 'severity':
      return { lead: ex.mark(item.severity), text: ex.severity(item.severity), tone: `severity-${item.severity}` };
    case 'load':
      return { text: item.load };
    case 'kind':
      return { text: item.words };
    case 'stop':
      return { text: item.stop ? ex.stop(item.stop, item.stopName) : ex.wholeLoad };
    case 'why':
      return { text: item.why };
    case 'since':
      return item.since ? { text: at(item.since, item.zone, now), tail: ago(item.since, now) } : { text: '–' };
    case 'detected':
      return { text: at(item.detectedAt, item.zone, now), tail: ago(item.detectedAt, now) };
    case 'state':
      return { text: stateOf(item, left, now), tone: left ? 'gone' : '' };
    case 'owner':
      return { text: item.owner || '–' };
    case 'next': {
      const due = dueOf(item.next.due, now);
      return { lead: due?.text ?? '', text: item.next.text, tone: due?.late ? 'late' : '' };
    }
  }
}

/** The whole of a cell, for who rests on it. */
export function inFull(item: ExceptionItem, column: ColumnID, left: boolean, now: number): string {
  const instant = { since: item.since, detected: item.detectedAt, next: item.next.due }[column as string];
  const drawn = draw(item, column, left, now);
  return [drawn.lead, drawn.text, instant ? full(instant, item.zone) : ''].filter(Boolean).join(' ');
}
