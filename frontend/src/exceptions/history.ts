import type { ExceptionChange } from '$lib/api';
import { at } from '$lib/time/format';
import { ex } from '$lib/words/exceptions';

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;

/** A line of an exception's life in words: what happened, and what it became. Where someone's own clock is meant, as when it sleeps, that is the desk's. */
export function changeWords(change: ExceptionChange, zone: string, deskZone: string, now: number): string {
  const what = ex.change(change.what);
  const told = (value: string) => (instant.test(value) ? at(value, change.what === 'snoozed' ? deskZone : zone, now) : value);
  switch (change.what) {
    case 'assigned':
      return `${what}: ${[change.old, change.new || ex.nobody].filter(Boolean).join(' → ')}`;
    case 'cause':
    case 'party':
      return `${what}: ${[change.old, change.new].filter(Boolean).map((v) => (change.what === 'party' ? ex.party(v) : v)).join(' → ')}`;
    case 'evidence':
      return what;
    case 'acknowledge':
    case 'work':
    case 'reopen':
      return what;
    case 'joined':
    case 'superseded':
    case 'eased':
      return `${what}: ${[change.old, change.new].filter(Boolean).join(' → ')}`;
  }
  return change.new ? `${what}: ${told(change.new)}` : what;
}
