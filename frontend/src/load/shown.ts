import type { Input, Observation } from '$lib/api';
import { at, letters, reading } from '$lib/time/format';
import { t } from '$lib/words';
import { instantIn } from './asof';

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;
const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/** What an observation says as a person reads it: times on the stop's clock with its letters, types as words. What is no such value stays as it was said. */
export function shownValue(o: Observation, zone: string, now: number): string {
  const parts = o.value.split('/');
  if (parts.length <= 2 && parts.every((part) => instant.test(part) || local.test(part))) return window(parts, zone, now);
  if (o.kind === 'status' || o.kind === 'exception' || o.kind === 'reason') return coded(o.value);
  // A document is told by its kind; its long name is that of its bytes.
  const paper = /^([a-z]+):[0-9a-f]{32,}$/.exec(o.value)?.[1];
  if (paper) return paper.toUpperCase();
  const [, type = '', text = ''] = /^([A-Z_]+):(.+)$/s.exec(o.value) ?? [];
  return type && o.kind !== 'other' && o.kind !== 'note' ? `${t.typeName(type)} ${text}` : o.value;
}

/** "tms:In Transit" is In Transit, "AI:mechanical breakdown" keeps its code before its words. */
function coded(value: string): string {
  const [, head = '', text = ''] = /^([\w-]+):(\S.*)$/s.exec(value) ?? [];
  if (!head) return value;
  return head === head.toLowerCase() ? text : `${head} ${text}`;
}

function window(parts: readonly string[], zone: string, now: number): string {
  const ends = parts.map((part) => (local.test(part) ? instantIn(part, zone || 'UTC') : part));
  const [from = '', to = ''] = ends;
  // A time without a zone, at a stop without one, is shown as it was said: nobody knows the instant.
  if (!zone && parts.some((part) => local.test(part))) return parts.map(unplaced).join(' – ');
  if (!to || to === from) return at(from, zone, now);
  const [a, b] = [reading(from, zone), reading(to, zone)];
  return a.date === b.date ? `${t.time.date({ weekday: a.weekday, month: a.month, day: a.day })} ${a.time}–${b.time} ${letters(from, zone)}` : `${at(from, zone, now)} – ${at(to, zone, now)}`;
}

function unplaced(text: string): string {
  const r = reading(`${text}Z`, 'UTC');
  return `${t.time.date(r)} ${r.time}`;
}

/** What a rule concluded from: "ETA by project44", "critical from 4 h". */
export const inputWords = (inputs: readonly Input[]): string => inputs.map((input) => `${t.input(input.name)} ${/By$|^source$/.test(input.name) ? t.source(input.value) : input.value}`).join(' · ');
